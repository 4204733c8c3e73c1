"""Dead letters as people and programs read them."""

from shared.bus.dlq import DeadLetter


def as_dict(letter: DeadLetter) -> dict[str, object]:
    """Everything about a dead letter, the message itself included, for JSON."""
    return {
        "number": letter.sequence,
        "service": letter.service,
        "reason": letter.reason,
        "message": letter.message,
        "subject": letter.subject,
        "stream": letter.stream,
        "original_sequence": letter.original_sequence,
        "deliveries": letter.deliveries,
        "buried_at": letter.buried_at.isoformat() if letter.buried_at else None,
        "data": letter.data.decode(errors="replace"),
    }


def gave_up(letter: DeadLetter) -> str:
    """What was given up and why, as one sentence."""
    return f"{letter.service} gave up on {letter.subject} ({letter.reason}): {letter.message}"
