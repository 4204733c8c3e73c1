"""Which language in Latin script a text is likely in, by the words that most texts have; unknown where it has too few.

Only as much as the lists of calls and feelings need: whether they cover it. The languages they don't cover are here so that an
Italian text is not taken for a Spanish one; of any other language few words are listed and the text stays unknown.
"""

from collections import Counter
from collections.abc import Iterable

from shared.language import CALL_LANGUAGES

LEAST_SHARE = 1 / 8
"""Of the words of running text a third to a half are listed, of headlines about a fifth, of other languages hardly any."""

_WORDS = {
    "en": "the a an and or but of to in on at for with from by about as is are was were be been am do does did don't have has "
    "had i you he she it we they me my your his her our their this that these those what who how why when where which "
    "not no so if then than just can will would could should all more most some any out up down into over after before "
    "because here there now it's i'm you're that's i've can't very too also only get got make made want need know like "
    "wait stop look watch try use best good great easy new first last day days night morning today things ways step "
    "love please thank really always never every people time life home food skin hair work hello hi hey everyone guys",
    "es": "el la los las un una unos unas y o pero de del al en con por para sin que como cuando donde qué cómo quién es son "
    "está están soy eres fue ser hay yo tú él ella nosotros ellos me te se lo le mi tu su nos más muy ya no sí si este "
    "esta esto estos eso todo todos porque también aquí así tengo tiene hoy cada mira espera mejor bueno buena nuevo "
    "nueva día días noche mañana cosas vida casa comida piel pelo gracias siempre nunca receta fácil paso hola amigos",
    "pt": "o a os as um uma e ou mas de do da dos das no na nos nas em com por para sem que como quando onde quem é são está "
    "estão foi ser tem eu você ele ela nós eles me te se meu minha seu sua mais muito já não sim isso isto esse essa "
    "este esta tudo todos porque também aqui hoje pra pelo pela ao olha espera melhor bom boa novo nova dia dias noite "
    "manhã coisas vida casa comida pele cabelo obrigada sempre nunca receita fácil passo olá oi gente",
    "fr": "le la les un une des et ou mais de du au aux en dans avec pour par sans que qui quoi comment quand où est sont "
    "c'est suis es être a ont j'ai je tu il elle nous vous ils on me te se mon ma mes ton ta tes son sa ses ce cette "
    "ces plus très pas n'est d'un sur aussi ici tout tous parce si y attends regarde meilleur bon bonne nouveau "
    "nouvelle jour jours nuit matin choses vie maison peau cheveux merci toujours jamais recette facile étape bonjour "
    "salut amis",
    "de": "der die das ein eine einen einem einer und oder aber von zu im in mit für auf aus bei nach an am um ohne dass wie "
    "wann wo wer was warum ist sind war bin bist sein hat haben habe ich du er sie es wir ihr mich mir dich dir mein "
    "meine dein deine nicht kein keine mehr sehr auch nur so wenn dann hier jetzt alle heute noch schon warte schau "
    "beste gut gute neue neu tag tage nacht morgen sachen leben haus haut haare danke immer nie rezept einfach schritt "
    "hallo leute",
    "it": "il lo la i gli le un uno una e o ma di del della dei delle degli a al alla in nel nella con per senza che come "
    "quando dove chi è sono sei ho hai ha era essere io tu lui lei noi mi ti si ci mio mia tuo tua suo sua più molto "
    "già non sì questo questa questi tutto tutti perché anche qui oggi cosa se da dal ciao ragazzi",
    "nl": "de het een en of maar van naar in met voor op uit bij aan om zonder dat die hoe wanneer waar wie wat waarom is "
    "zijn was ben bent heeft hebben heb ik jij je hij zij ze wij we jullie mij me mijn jouw niet geen meer zeer ook "
    "alleen zo als dan hier nu alle nog al te er deze dit hallo",
    "id": "yang dan di ke dari untuk dengan ini itu saya aku kamu anda dia kita kami mereka adalah ada tidak bukan tak juga "
    "atau tapi akan sudah bisa lebih sangat ya yuk aja banget kalau karena pada dalam oleh seperti apa siapa bagaimana "
    "kapan mana lagi jangan gak nggak belum semua hari halo",
    "tl": "ang ng mga sa na ay ko mo ka ako ikaw siya tayo kami sila ito iyan yan po ba lang din rin hindi wala may para kung "
    "pero at kasi paano ano nga",
    "tr": "ve bir bu şu o ben sen biz siz onlar için ile de da ne nasıl neden çok daha en gibi ama veya var yok değil mi mı "
    "her kadar sonra önce benim senin olarak olan ki merhaba bugün gün",
    "pl": "i w na z do nie się że to jest są jak co kto gdzie dlaczego ale albo czy od po dla przez o u ja ty on ona my wy "
    "oni mój moja twój ten ta te tak już tylko bardzo jestem mam masz będzie cześć dziś",
    "vi": "và của là có không được cho với này đó những các một trong tôi bạn em anh chị mình khi thì đã sẽ như nhưng ở ra "
    "lên đi rất cũng nhé ơi gì nào vậy",
    "sv": "och att det som en ett på är av för med till den har de inte om jag du vi ni han hon mig dig min din så men eller "
    "var när hur vad här nu alla från hej",
    "da": "og at det som en et på er af av for med til den har de ikke om jeg du vi han hun mig meg dig deg min din så men "
    "eller var når hvordan hva hvad her nå nu alle fra hej hei",
    "ro": "și în la de cu pe pentru este sunt nu un o ce cum care mai din să eu tu el ea noi voi mă te îmi meu mea foarte dar "
    "sau când unde salut bună",
    "fi": "ja on ei se että hän minä sinä me te he oli mutta kun niin myös tai mitä miten miksi nyt vain olen hei",
    "hu": "a az és egy nem hogy is van ez meg de már csak én te ő mi ti ha mert vagy itt most",
    "cs": "a i v na s z do je se že to ne jsem jsi co jak kde proč ale nebo pro po od já ty on my vy můj tak už jen",
}  # fmt: skip
_LANGUAGES: dict[str, tuple[str, ...]] = {}
for _language, _listed in _WORDS.items():
    for _word in _listed.split():
        _LANGUAGES[_word] = (*_LANGUAGES.get(_word, ()), _language)


def likely(said: Iterable[str]) -> frozenset[str]:
    """The languages (ISO 639-1) with the most listed words among case-folded words: one, several as likely, or none."""
    counts: Counter[str] = Counter()
    number = 0
    for word in said:
        first = word[0]
        if not ("a" <= first <= "z" or "\u00df" <= first < "\u0250" or "\u1e00" <= first < "\u1f00"):
            continue
        number += 1
        if (languages := _LANGUAGES.get(word.replace("’", "'"))) is not None:
            counts.update(languages)
    most = max(counts.values(), default=0)
    if most < LEAST_SHARE * number:
        return frozenset()
    return frozenset(language for language, count in counts.items() if count == most)


def likely_covered(said: Iterable[str]) -> bool:
    """Whether the lists of calls and feelings cover the language that these words are likely in; not where it is unknown.

    Of languages that are as likely the covered ones count: most posts in Latin script are in them.
    """
    return not likely(said).isdisjoint(CALL_LANGUAGES)
