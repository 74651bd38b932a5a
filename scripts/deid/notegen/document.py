"""Text with labelled spans that survive edits. Offsets count Unicode scalars (Python `str` indices)."""

LABELS = frozenset(
    "NAME DATE AGE_OVER_89 LOCATION PHONE FAX EMAIL SSN MRN HEALTH_PLAN ACCOUNT LICENSE VEHICLE DEVICE URL IP "
    "BIOMETRIC OTHER_ID".split()
)

#: Marks text which Safe Harbor permits, or of which reasonable annotators differ (ages up to 89, bare years).
NEUTRAL = "NEUTRAL"


class Document:
    """Pieces of text, each with a label or none, joined into one text with sorted, disjoint spans."""

    def __init__(self):
        self.text = ""
        self.spans = []  # [start, end, label], sorted and disjoint
        self._parts = []
        self._length = 0

    def add(self, pieces):
        """Appends `(text, label or None)` pieces."""
        for text, label in pieces:
            if not text:
                continue
            if label is not None:
                self.spans.append([self._length, self._length + len(text), label])
            self._parts.append(text)
            self._length += len(text)

    def finish(self):
        """Joins the pieces; needed before the text is read or edited."""
        self.text = "".join(self._parts)
        self._parts = [self.text]
        return self

    def edit(self, edits):
        """Applies disjoint replacements `(start, end, replacement)`.

        A replacement strictly inside a span grows or shrinks it; one that touches a span's border from outside
        leaves the border where it was.
        """
        edits = sorted(e for e in edits)
        kept, last = [], -1
        for start, end, replacement in edits:
            if start < last:
                continue
            kept.append((start, end, replacement))
            last = max(end, start + (start == end))
        if not kept:
            return
        out, position = [], 0
        for start, end, replacement in kept:
            out.append(self.text[position:start])
            out.append(replacement)
            position = end
        out.append(self.text[position:])
        self.text = "".join(out)
        self._parts, self._length = [self.text], len(self.text)

        def moved(offset, is_end):
            shift = 0
            for start, end, replacement in kept:
                if start == end:  # an insertion: outside when it stands at a border
                    if start < offset or (start == offset and not is_end):
                        shift += len(replacement)
                elif end <= offset:
                    shift += len(replacement) - (end - start)
                elif start < offset:  # the border lies inside the edited range
                    return start + shift + (len(replacement) if is_end else 0)
                else:
                    break
            return offset + shift

        spans = []
        for start, end, label in self.spans:
            new_start, new_end = moved(start, False), moved(end, True)
            if new_end > new_start:
                spans.append([new_start, new_end, label])
        self.spans = spans

    def trim(self):
        """Takes blanks and stray punctuation off the ends of spans, merges none, and drops empty ones."""
        spans = []
        for start, end, label in self.spans:
            while start < end and self.text[start].isspace():
                start += 1
            while end > start and self.text[end - 1].isspace():
                end -= 1
            if end > start:
                spans.append([start, end, label])
        self.spans = spans

    def record(self, identifier, source):
        """The note as one object of the development data's format."""
        spans = [{"start": s, "end": e, "label": label} for s, e, label in self.spans if label != NEUTRAL]
        neutral = [{"start": s, "end": e} for s, e, label in self.spans if label == NEUTRAL]
        return {"id": identifier, "text": self.text, "spans": spans, "neutral": neutral, "source": source}


def problems(record):
    """What is wrong with the spans of a record: an empty list for a sound one."""
    found, text = [], record["text"]
    both = sorted((s["start"], s["end"], s.get("label", NEUTRAL)) for s in record["spans"] + record["neutral"])
    last = 0
    for start, end, label in both:
        if label != NEUTRAL and label not in LABELS:
            found.append(f"unknown label {label}")
        if not 0 <= start < end <= len(text):
            found.append(f"{label} {start}..{end} is empty or outside the text")
            continue
        if start < last:
            found.append(f"{label} {start}..{end} overlaps the span before it")
        last = max(last, end)
        value = text[start:end]
        if value != value.strip():
            found.append(f"{label} {start}..{end} begins or ends with a blank")
        if not any(c.isalnum() for c in value):
            found.append(f"{label} {start}..{end} has no letter or digit")
    return found
