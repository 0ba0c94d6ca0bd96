"""Days in a text on which no event was: on which something ends, since which it was not, of a name."""

from __future__ import annotations

import re

NOT_THE_EVENT = re.compile(
    r"\b(?:until|till|through|expir(?:es?|ing|y|ation)(?: on| in)?|valid to|scheduled to end(?: on| in)?"
    r"|(?:extend|prolong|renew)\w*[^.;]{0,60} to) "
    r"(?:the )?(?:end of )?$",
    re.IGNORECASE,
)
"""What comes before a day on which something ends, and so did not happen."""
FAR = 120
"""Characters before a date in which something says whose it is."""
SINCE_BEFORE = re.compile(
    r"(?:\b(?:first|only|not|no|none|never|largest|biggest|worst|heaviest|longest|strongest|toughest|deadliest)\b|n['’]t\b)"
    r"[^.;,]{0,60}\bsince(?: (?:at least|about|around|the|late|early))* ?$",
    re.IGNORECASE,
)
"""What comes before a day on which such a thing happened before: tested it for the *first* time *since* 2017."""

COUNTED = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|latest)\b[^.;,]{0,80} $",
    re.IGNORECASE,
)
"""What comes before a span that only tells which of several it was: its *third* test in the past two weeks."""

NAMED_BY = re.compile(r"(?: \([^()]{1,20}\))? (?:movement|brigade|revolution|front|alliance)\b", re.IGNORECASE)
"""What comes after a day that is a piece of a name: the *March 23* (M23) movement."""


def is_of_another(text: str, told: re.Match[str]) -> bool:
    """Whether a date in a text, as a pattern found it, is the day of no event."""
    far = max(0, told.start() - FAR)
    begin = told.start() + len("since") * told[0].lower().startswith("since")
    ends = NOT_THE_EVENT.search(text, far, told.start()) or SINCE_BEFORE.search(text, far, begin)
    return bool(ends or NAMED_BY.match(text, told.end()))


def only_counts(span: re.Match[str]) -> bool:
    """Whether a span, as a pattern found it, tells of no day: the *third* test in the past two weeks."""
    return COUNTED.search(span.string, max(0, span.start() - FAR), span.start()) is not None
