"""Words so common in their language that sharing them says nothing: what a fresh window believes before it has read."""

from functools import cache

from inkstand.stories import words

SHARE = 0.3  # of articles in which such a word is believed to stand

_WORDS = {
    "en": """a about after against all also am an and any are as at be because been before being between but by can
        could did do does for from had has have he her here him his how i if in into is it its just like made
        make may me more most my new no not now of off on one only or other our out over said says say she so
        some such than that the their them then there these they this those to told two under up us was we were
        what when where which while who will with would year years you your""",
    "de": """ab aber alle als also am an auch auf aus bei beim bis da dann das dass dem den der des die diese doch
        dort du durch ein eine einem einen einer eines er es für gegen hat haben hatte ich ihr im in ins ist ja
        kann kein können mehr mit muss nach nicht noch nun nur ob oder ohne schon sein seine seit sich sie sind
        so soll über um und uns unter vom von vor war waren was weil wenn werden wie will wir wird wo worden zu
        zum zur zwei zwischen""",
    "es": """a al ante año años como con contra cuando de del desde donde dos durante e el ella ellos en entre era es
        esta este esto está están fue ha hace han hasta hay la las le les lo los mas más me mi muy no nos o otra
        otro para pero por porque que qué quien se según ser si sido sin sobre son su sus también tiene todo
        tras tu un una uno y ya""",
    "fr": """a à après au aux avait avec avoir c ce cela ces cette comme contre d dans de depuis des deux du elle en
        entre est et été être eu fait il ils j l la le les leur lui m mais même mes n ne non nous on ont ou où
        par pas plus pour qu que qui s sa sans se ses si son sont sous sur t tous tout très un une vers vous y""",
    "pt": """a ainda ano anos ao aos após as às até com como contra da das de dela dele depois desde do dois dos e é
        ela ele em entre era essa esse está este eu foi há isso já mais mas mesmo muito na nas não no nos o os
        ou para pela pelo por porque quando que quem se segundo sem ser seu sobre sua são também tem um uma""",
    "it": """a ad ai al alla alle anche ancora c che chi ci come con contro cui da dai dal dalla dei del della delle
        di dopo dove due e è ed era fra già gli ha hanno ho i il in l la le lo loro ma nei nel nella non o ogni
        per perché più quando quella quello questa questo se si sono su sua sui sul suo tra un una uno""",
    "nl": """aan al als bij dan dat de der deze die dit door een en er ging had heeft hem het hij hoe hun ik in is ja
        je kan maar meer men met na naar niet nog nu of om onder ook op over te tegen tot uit van veel voor waar
        was wat we wel werd wordt ze zich zij zijn zo zou""",
    "ru": """а без более бы был была были было быть в вам во вот все всех вы где да для до его ее её если есть еще
        ещё же за здесь и из или им их к как когда которые который кто ли между мы на над не него нет но о об он
        она они оно от перед по под после при с со так также там то того тоже только том у уже что чтобы эта эти
        это я""",
    "ar": """أن إلى إن أو أي إذا الذي التي الذين ان او الى بعد بين به بها تم ثم حتى حول خلال ذلك عن على عند غير في
        فيه فيها قال قالت قبل قد كان كانت كل كما لا لم لن له لها ما مع من منذ منها هذا هذه هو هي و وفي وقال وقد
        ومن يوم""",
}


@cache
def shares() -> dict[int, float]:
    """Term → share of articles that have it."""
    return {words.term(word, language): SHARE for language, some in _WORDS.items() for word in some.split()}
