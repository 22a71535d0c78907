"""Rows for the ridge probes, and the loop they replace: one scikit-learn fit per objective and penalty, as ArmoRM's stage 1 does it.

make OUT --rows N --width D [--apart]     features and ratings: 19 objectives, 8 patterns of missing ratings
compare OUT [--penalties P]               the loop, timed and held against what RidgeBenchmark found

By default each pattern rates half of the objectives; --apart gives every objective one pattern, as data sets that share none.
--penalties times the first P penalties of the nine and the chosen one's final fit; the time of all nine is scaled from them.
"""
import argparse
import json
from pathlib import Path

import numpy as np
from measure import clock, peak_bytes
from safetensors.numpy import load_file, save_file
from sklearn.linear_model import Ridge

OBJECTIVES, PATTERNS, SEED = 19, 8, 20261121
PENALTIES = [1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6]


def make(out, rows, width, apart):
    rng = np.random.default_rng(SEED)
    common = rng.normal(size=(width // 8, width)).astype(np.float32)
    features = np.empty((rows, width), np.float32)
    truth = rng.normal(size=(width, OBJECTIVES)) / np.sqrt(width)
    ratings = np.empty((rows, OBJECTIVES), np.float32)
    means = rng.normal(0, 2, width)
    for at in range(0, rows, 10000):
        n = min(10000, rows - at)
        block = rng.normal(size=(n, width // 8)).astype(np.float32) @ common / np.sqrt(width / 8)
        features[at:at + n] = block + 0.3 * rng.normal(size=(n, width)) + means
        signal = (features[at:at + n] - means) @ truth
        ratings[at:at + n] = np.clip(np.round(4 * (0.5 + 0.2 * signal + 0.15 * rng.normal(size=signal.shape))) / 4, 0, 1)
    if apart:
        rated = np.arange(OBJECTIVES)[None, :] % PATTERNS == np.arange(PATTERNS)[:, None]
    else:
        rated = rng.random((PATTERNS, OBJECTIVES)) < 0.5
        rated[np.arange(OBJECTIVES) % PATTERNS, np.arange(OBJECTIVES)] = True
    ratings[~rated[rng.integers(0, PATTERNS, rows)]] = np.nan
    out.mkdir(parents=True, exist_ok=True)
    save_file({"features": features, "ratings": np.ascontiguousarray(ratings.T)}, out / "rows.safetensors")


def compare(out, timed):
    data = load_file(out / "rows.safetensors")
    found = json.loads((out / "assay.json").read_text())
    features, ratings = data["features"].astype(np.float64), data["ratings"].astype(np.float64)
    held = np.zeros(len(features), bool)
    held[found["heldOut"]] = True
    rows, loop, final = [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]
    worst = {"coefficients": 0.0, "heldOutError": 0.0}
    for k in range(OBJECTIVES):
        begun = clock()
        rated = ~np.isnan(ratings[k])
        x, y = features[rated & ~held], ratings[k][rated & ~held]
        xv, yv = features[rated & held], ratings[k][rated & held]
        taken = clock()
        for p, penalty in enumerate(PENALTIES[:timed]):
            error = float(np.mean((Ridge(alpha=penalty).fit(x, y).predict(xv) - yv) ** 2))
            worst["heldOutError"] = max(worst["heldOutError"], abs(error / found["criterion"][k][p] - 1))
        between = clock()
        ridge = Ridge(alpha=found["penalty"][k]).fit(features[rated], ratings[k][rated])
        ended = clock()
        for i in range(2):
            rows[i] += taken[i] - begun[i]
            loop[i] += between[i] - taken[i]
            final[i] += ended[i] - between[i]
        mine = np.array(found["weights"][k] + [found["intercept"][k]])
        theirs = np.append(ridge.coef_, ridge.intercept_)
        worst["coefficients"] = max(worst["coefficients"], float(np.max(np.abs(mine - theirs)) / np.max(np.abs(theirs))))
    whole = [a + len(PENALTIES) / timed * b + c for a, b, c in zip(rows, loop, final)]
    print(json.dumps({
        "rows": len(features), "width": features.shape[1],
        "largestRelativeDifference": worst,
        "penaltiesTimed": timed,
        "seconds": {"rows": rows, "fits": loop, "final": final},
        "loop": {"wall": whole[0], "cpu": whole[1], "peakBytes": peak_bytes()},
        "assay": {key: found[key] for key in ("wall", "cpu", "peakBytes", "baseBytes", "featureBytes")},
        "featuresAndFitInFeatures": (found["peakBytes"] - found["baseBytes"]) / found["featureBytes"],
        "ratio": {"wall": whole[0] / found["wall"], "cpu": whole[1] / found["cpu"]},
    }, indent=1))


parser = argparse.ArgumentParser()
parser.add_argument("command", choices=["make", "compare"])
parser.add_argument("out", type=Path)
parser.add_argument("--rows", type=int, default=100_000)
parser.add_argument("--width", type=int, default=1024)
parser.add_argument("--apart", action="store_true")
parser.add_argument("--penalties", type=int, default=len(PENALTIES))
args = parser.parse_args()
if args.command == "make":
    make(args.out, args.rows, args.width, args.apart)
else:
    compare(args.out, args.penalties)
