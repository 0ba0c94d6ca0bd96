"""Words that keep their full stop, and words that begin sentences."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    "Mr Mrs Ms Messrs Mme Mlle Dr Prof Rev Fr Gen Maj Col Lt Capt Cpt Cmdr Comdr Cdr Sgt Cpl Pvt Adm Brig Ens Spc "
    "Sen Sens Rep Reps Gov Govs Pres Amb Sec Supt Hon St Mt Ft Pt "
    "v Vice-Adm Lt-Gen Lt-Col Maj-Gen Brig-Gen Col-Gen Pte Sdn"
)
"""Before a name, or in one (Pte. Ltd.): never the end of a sentence."""

NUMBERED = _words(
    "No Nos no nos Art Arts Sect Fig Figs Vol Vols Op Res Ch Par Para para pp p Ex Exec "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
)
"""Before a number: the sentence goes on."""

MONTHS = _words("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")

TRAILING = _words(
    "Inc Corp Co Cos Ltd Pte Bros Jr Sr Esq Plc Pty vs etc al cf ca approx est dept Dept Univ Assn Intl Gov't govt "
    "Govt Ave Blvd Rd Ph.D Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mich Minn Mo Neb Nev "
    "Okla Ore Pa Penn Tenn Tex Va Vt Wis Wyo Ont Que Mon Tue Tues Wed Thu Thur Thurs Fri Sat"
)
"""In the middle of a sentence as often as at its end: the next word decides."""

_ALSO_WORDS = _words("Pt Sec Ex Mo La Ind Ore Sat Mar Jun Jul Wed Fri Mon Pen Ill Mass Miss")

ALWAYS_ONE_TOKEN = (TITLES | TRAILING | MONTHS) - _ALSO_WORDS
"""Forms whose full stop belongs to the token wherever they stand."""

NUMBERED_ONE_TOKEN = NUMBERED - ALWAYS_ONE_TOKEN
"""Forms whose full stop belongs to the token unless the sentence ends with it."""

TIME_WORDS = _words(
    "GMT UTC EST EDT CST CDT MST MDT PST PDT CET CEST BST MSK IST Eastern Moscow "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday "
    "January February March April May June July August September October November December"
)
"""After `p.m.`: the sentence goes on."""

STARTERS = _words(
    "The A An This That These Those He She It They We You I His Her Its Their Our My There Here Then Thus "
    "In On At By For From To With Under Over After Before During Since Until While When Where Why How What Who If "
    "As Although Though Despite Because But And Or So Yet Still Also However Moreover Meanwhile Earlier Later Last "
    "Next Now Today Yesterday Both Some Many Most Several Other Others Another Each Every All No Not Only Even Once "
    "According Asked Speaking Commenting Talks Officials"
)
"""Capitalised words that begin a sentence rather than continue a name."""
