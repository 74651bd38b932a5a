"""Synthetic English clinical notes in which the position of every identifier is known exactly.

    words/       names, places and clinical words, with the parts that new ones are composed of
    banks/       templates: whole notes, headers, sentences with identifiers, sentences that only look so
    template     the small language of the templates; `slots` and `record` say what stands for a slot
    names, places, dates, identifiers, composed      values in the many forms of real notes
    assemble     one note from a seed; `noise` damages it, `carrier` sets identifiers into the text of others
    document     text and spans that survive edits, and the check of a finished note

To teach it another way of writing: a line in a bank, or a form in the module of its values. Hard negatives belong in
`banks/negatives.py` or, if they can be composed, in `composed.py`; a fixed list of them is soon learned by heart.
The labels follow one scheme: the span holds the name without title and credential, the number without its cue, an
address with its state, a date with its weekday but without its hour; ages up to 89, years, hours, rooms, employers
and states alone are neutral.
"""
