"""Sentiment of words and emoji by short lists in five languages: a proxy, made to be right where it speaks and else silent.

VADER, the lexicon most often used for posts, knows English alone. These lists hold words that are clearly good or bad in their
language and no everyday word of another one: the German "mal" (bad in Spanish), the French "pain" and "gut" are left out.
"""

from collections.abc import Sequence

import regex  # type: ignore[import-untyped]  # ships no types

from services.features.likely_language import likely, likely_covered
from shared.language import CALL_LANGUAGES, words

_GOOD_WORDS = """
love loved loves loving lovely great amazing awesome beautiful best better good perfect happy happiness joy joyful fun funny
wonderful fantastic excellent incredible gorgeous stunning brilliant favorite favourite favorites delicious yummy tasty cute
adorable cozy excited exciting easy easier win winner winning won success successful thankful grateful blessed glad enjoy
enjoyed enjoying laugh laughing smile smiling hope healthy fresh glow glowing proud calm relaxing relaxed safe worth helpful
helps nice sweet cool magical magic obsessed impressed recommend recommended celebrate congrats congratulations
amor amo adoro adora encanta encantan encantado feliz felices alegría alegre genial increíble hermoso hermosa hermosos hermosas
bonito bonita lindo linda perfecto perfecta perfectos perfectas maravilloso maravillosa bueno buena buenos buenas mejor mejores
excelente excelentes rico rica delicioso deliciosa divertido divertida fácil éxito gracias recomiendo favorito favorita
felicidades disfruta disfrutar orgulloso orgullosa sonrisa
amei incrível incríveis maravilhoso maravilhosa ótimo ótima ótimos bom boa melhor melhores perfeito perfeita felicidade alegria
delícia gostoso gostosa sucesso obrigado obrigada recomendo parabéns lindos lindas orgulho sorriso aproveite
aime adore magnifique magnifiques superbe superbes génial géniale incroyable parfait parfaite meilleur meilleure
meilleurs heureux heureuse bonheur joie délicieux délicieuse facile réussite merci recommande bravo félicitations beau belle
beaux belles drôle rire sourire fier fière
liebe geliebt wunderschön wunderbar toll tolle tolles großartig fantastisch perfekt perfekte glücklich freude schön schöne
schönes schönen lecker einfach lustig erfolg erfolgreich danke empfehle empfehlen beste besten bester bestes besser gute
guten gutes genieße genießen stolz lächeln super spaß traumhaft
"""
_BAD_WORDS = """
hate hated hates hating awful terrible horrible worst worse bad sad sadness angry anger annoying annoyed disgusting gross ugly
boring bored scary scared afraid fear painful hurt hurts hurting fail failed fails failure failing wrong mistake mistakes
problem problems struggle struggling broken ruined ruin waste wasted scam fake toxic tired exhausted stress stressed
stressful anxious anxiety depressed depression lonely cry crying cried disappointed disappointing disappointment regret
nightmare disaster danger dangerous poor stupid useless expensive
odio odia terribles peor peores malo mala malos malas triste tristes tristeza enojado enojada enojo feo fea aburrido aburrida
miedo dolor duele fracaso error errores problema problemas estafa falso falsa tóxico tóxica cansado cansada estrés ansiedad
llorar llorando decepción peligro peligroso caro cara inútil asco
ódio odeio horrível horríveis terrível pior piores ruim ruins raiva feio feia chato chata medo dói fracasso erro erros
golpe estresse ansiedade chorar chorando decepção perigo perigoso nojo
déteste détestable affreux affreuse pire pires mauvais mauvaise mauvaises tristesse colère moche ennuyeux ennuyeuse peur douleur
échec erreur erreurs problème problèmes arnaque fausse toxique fatigué fatiguée épuisé épuisée stressé stressée anxiété
pleurer déçu déçue déception dangereux inutile dégoûtant nul nulle
hasse hass schrecklich schreckliche furchtbar schlimm schlimmste schlimmer schlecht schlechte schlechter schlechten traurig
trauer wütend wut hässlich langweilig angst schmerz schmerzen scheitern gescheitert fehler falsch falsche probleme betrug
giftig müde erschöpft gestresst einsam weinen enttäuscht enttäuschung gefahr gefährlich teuer nutzlos ekelhaft eklig
"""
_NEGATIONS = """
not no never none without nunca jamás sin não nem sem pas jamais sans nicht kein keine keinen nie ohne
"""
_GOOD = frozenset(_GOOD_WORDS.split())
_BAD = frozenset(_BAD_WORDS.split())
_NEGATORS = frozenset(_NEGATIONS.split())
_NEGATED = regex.compile(r"n['’]t$")
_GOOD_EMOJI = frozenset(
    "❤♥💕💖💗💓💞💘💛💚💙💜🧡🤍🤎💝😍🥰😘😻😊☺😁😀😃😄😆😂🤣🙂😇🤗🤩🥳😎😋😌👍👏🙌💪✨🌟⭐🎉🎊🏆💯🔥🌈🌸🌞😹👌🤝💃🕺"
)
_BAD_EMOJI = frozenset("😢😞😔😟🙁☹😣😖😫😩😤😠😡🤬👎💔🤮🤢😨😰😷🤒🤕😒🙄😬😥😓🖕💩😾😿")
_MODIFIER = regex.compile(r"[\p{EMod}\ufe0f]")


def covered(language: str | None, text: str) -> bool:
    """Whether the lists can speak about a text: by its language (ISO 639-1) where one is known, else by its likely one.

    Where that is unknown too, a listed feeling speaks for itself.
    """
    known = (language or "").split("-")[0].lower()
    if known not in ("", "un", "und", "none"):
        return known in CALL_LANGUAGES
    said = words(text)
    return likely_covered(said) or (not likely(said) and any(word in _GOOD or word in _BAD for word in said))


def sentiment(said: Sequence[str]) -> int:
    """Good words minus bad ones among case-folded words; a negation one or two words before a word turns it round."""
    felt = [(i, (word in _GOOD) - (word in _BAD)) for i, word in enumerate(said) if word in _GOOD or word in _BAD]
    return sum(_turn(said, i) * feeling for i, feeling in felt)


def _turn(said: Sequence[str], i: int) -> int:
    return -1 if any(word in _NEGATORS or _NEGATED.search(word) for word in said[max(0, i - 2) : i]) else 1


def emoji_sentiment(found: Sequence[str]) -> tuple[int, int]:
    """Numbers of good and of bad emoji; those whose use is mixed (such as the loudly crying face) are in neither list."""
    plain = [_MODIFIER.sub("", one) for one in found]
    return sum(one in _GOOD_EMOJI for one in plain), sum(one in _BAD_EMOJI for one in plain)
