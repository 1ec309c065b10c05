"""Counts a folder of real price files again, by other code, and holds `./haetae data check --json` against it.

    .ci/files.py FOLDER

Every krx-*.csv.gz of the folder is judged by itself. Raw files are those with the columns market and change.
"""

import csv
import gzip
import json
import math
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMMON = [(2_000, 1), (5_000, 5), (20_000, 10), (50_000, 50), (200_000, 100), (500_000, 500), (math.inf, 1_000)]
KOSPI_BEFORE = [(1_000, 1), (5_000, 5), (10_000, 10), (50_000, 50), (100_000, 100), (500_000, 500), (math.inf, 1_000)]
OTHERS_BEFORE = [(1_000, 1), (5_000, 5), (10_000, 10), (50_000, 50), (math.inf, 100)]


def tick(date, market, price):
    table = COMMON if date >= "2023-01-25" else KOSPI_BEFORE if market == "KOSPI" else OTHERS_BEFORE
    return next(step for below, step in table if price < below)


def limits(date, market, base):
    width = math.floor(base * (15 if market == "KONEX" else 30) / 100)
    width = max(width - width % tick(date, market, base), 1)
    upper, lower = base + width, base - width
    upper -= upper % tick(date, market, upper)
    lower += -lower % tick(date, market, lower)
    return lower, upper


def count(path):
    rows, halted, off_tick, outside = 0, 0, 0, 0
    symbols, dates, raw = set(), set(), False
    with gzip.open(path, "rt", encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            rows += 1
            symbols.add(row["symbol"])
            dates.add(row["date"])
            raw = "change" in row and "market" in row
            prices = {name: int(float(row[name])) for name in ("open", "high", "low", "close")}
            if int(float(row["volume"])) == 0 or prices["open"] == 0:
                halted += 1
            elif raw:
                market = row["market"].split()[0]
                base = prices["close"] - int(float(row["change"]))
                base += -base % tick(row["date"], market, base)
                lower, upper = limits(row["date"], market, base)
                off_tick += sum(price % tick(row["date"], market, price) != 0 for price in prices.values())
                outside += prices["high"] > upper or prices["low"] < lower
    counted = {"rows": rows, "symbols": len(symbols), "sessions": len(dates), "halted": halted}
    return counted | ({"offTickPrices": off_tick, "outsideBand": outside} if raw else {}), raw


def main(folder):
    wrong = 0
    for path in sorted(pathlib.Path(folder).glob("krx-*.csv.gz")):
        command = [str(ROOT / "haetae"), "data", "check", "--json", str(path)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        counted, raw = count(path)
        differences = {name: (told[name], value) for name, value in counted.items() if told[name] != value}
        unexplained = told["outsideBand"] - told["explained"] if raw else 0
        print(f"{path.name}: {counted}, {unexplained} unexplained, {len(told['missingSessions'])} sessions missing")
        for name, (ours, theirs) in differences.items():
            print(f"  {name}: the command says {ours}, counted again {theirs}")
        wrong += len(differences) + unexplained
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
