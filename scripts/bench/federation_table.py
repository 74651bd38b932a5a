"""The table of `federation.py`: measured values beside what they must be."""


class Table:
    def __init__(self):
        self.rows = []

    def add(self, measure, own, must, aim=None):
        """A figure with an upper bound of its own; `None` was not measured, or has no bound."""
        self._add(measure, own, None, None, own, must, aim, "")

    def add_ratio(self, measure, own, peer, name, must, aim):
        """A figure that must stay below so many times another one's."""
        ratio = own / peer if own is not None and peer else None
        self._add(measure, own, peer, name, ratio, must, aim, " ×")

    def _add(self, measure, own, peer, name, judged, must, aim, unit):
        verdict = "–"
        if must is not None:
            verdict = "not measured" if judged is None else "fails"
            if judged is not None and judged <= must:
                verdict = "meets aim" if aim is not None and judged <= aim else "meets must"
        self.rows.append({"measure": measure, "own": own, "peer": peer, "peer_name": name, "ratio": judged if unit else None,
                          "must": must, "aim": aim, "verdict": verdict, "unit": unit})

    @property
    def complete(self):
        return all(row["verdict"] != "fails" for row in self.rows)

    def print(self):
        print("| measure | own | peer | result | must | aim | |")
        print("|---|---|---|---|---|---|---|")
        for row in self.rows:
            peer = f"{number(row['peer'])} ({row['peer_name']})" if row["peer"] is not None else "–"
            result = f"{number(row['ratio'])} ×" if row["ratio"] is not None else "–"
            bounds = [f"≤ {row[key]}{row['unit']}" if row[key] is not None else "–" for key in ("must", "aim")]
            print(f"| {row['measure']} | {number(row['own'])} | {peer} | {result} | {bounds[0]} | {bounds[1]} | "
                  f"{row['verdict']} |")


def number(value):
    if value is None:
        return "–"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}"
