"""Who may do what on the bus, derived from the topology: deploy/nats/accounts.conf, one nkey user per service."""

from shared.bus.connection import inbox_prefix
from shared.bus.senders import OPS, SENDS
from shared.bus.topology import ATTEMPTS, ATTEMPTS_PREFIX, CONSUMERS, Consumer, subject_of

PATH = "deploy/nats/accounts.conf"
SYSTEM = "sys"
USERS: tuple[str, ...] = (SYSTEM, OPS, *CONSUMERS)
"""One key each. `ops` may do everything in the account, `sys` reads the server's own account."""

_HEAD = """\
# Generated from shared/bus/topology.py and shared/bus/senders.py: run `make docs` after changing them.
# One user per service: it reads its own consumer, publishes its own events, and is refused everything else.
# nkeys.conf holds the public keys; tools/make_nkeys.py makes it. The seeds stay with the services.
include "nkeys.conf"

system_account: SYS
accounts {
  SYS { users: [ { nkey: $NKEY_SYS } ] }
  BUS {
    jetstream: enabled
    users: [
      { nkey: $NKEY_OPS }
"""
_TAIL = """\
    ]
  }
}
"""


def variable(user: str) -> str:
    """The name under which nkeys.conf gives a user's public key."""
    return f"NKEY_{user.upper()}"


def publishes(consumer: Consumer) -> tuple[str, ...]:
    """Subjects a service may publish to: its events, its pull and acknowledgements, its dead letters and notes."""
    name, stream = consumer.name, consumer.stream
    return (
        *(subject_of(event) for event in SENDS[name]),
        f"$JS.API.CONSUMER.INFO.{stream}.{name}",
        f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{name}",
        f"$JS.API.CONSUMER.PAUSE.{stream}.{name}",
        f"$JS.ACK.{stream}.{name}.>",
        f"dlq.{name}.>",
        f"{ATTEMPTS_PREFIX}{name}.>",
        f"$JS.API.DIRECT.GET.{ATTEMPTS}.{ATTEMPTS_PREFIX}>",
    )


def subscribes(consumer: Consumer) -> tuple[str, ...]:
    """Subjects a service may subscribe to: its own inbox, nothing else."""
    return (f"{inbox_prefix(consumer.name)}.>",)


def render() -> dict[str, str]:
    """File texts by path."""
    return {PATH: _HEAD + "".join(_user(consumer) for consumer in CONSUMERS.values()) + _TAIL}


def _user(consumer: Consumer) -> str:
    allowed = "\n".join(f'          "{subject}"' for subject in publishes(consumer))
    inbox = ", ".join(f'"{subject}"' for subject in subscribes(consumer))
    return f"""\
      {{ nkey: ${variable(consumer.name)}, permissions {{
        publish {{ allow: [
{allowed}
        ] }}
        subscribe {{ allow: [{inbox}] }}
      }} }}
"""
