"""Best-of-16 scoring by Hugging Face transformers: the padded batch of 16, as everyone writes it; JSON out.

Usage: hf_score.py WORK_FOLDER fp32|bf16 OUT_JSON [--rounds 1] [--threads 2]
"""

import argparse
import json
from pathlib import Path

from measure import clock, peak_bytes


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("work", type=Path)
    arguments.add_argument("precision", choices=["fp32", "bf16"])
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--rounds", type=int, default=1)
    arguments.add_argument("--groups", type=int, default=4)
    arguments.add_argument("--threads", type=int, default=2)
    a = arguments.parse_args()

    import torch
    import transformers
    from transformers import AutoModelForSequenceClassification

    torch.set_num_threads(a.threads)
    groups = json.loads((a.work / "batches.json").read_text())["groups"][:a.groups]
    dtype = torch.float32 if a.precision == "fp32" else torch.bfloat16
    model = AutoModelForSequenceClassification.from_pretrained(a.work / "model", dtype=dtype).eval()
    pad = model.config.pad_token_id

    def score(sequences):
        width = max(map(len, sequences))
        ids = torch.tensor([s + [pad] * (width - len(s)) for s in sequences])
        mask = torch.tensor([[1] * len(s) + [0] * (width - len(s)) for s in sequences])
        with torch.inference_mode():
            return model(input_ids=ids, attention_mask=mask).logits[:, 0].float().tolist()

    rewards = []
    calls = []
    for round_ in range(a.rounds):
        for group in groups:
            begun = clock()
            scored = score(group["sequences"])
            ended = clock()
            calls.append({"wall": ended[0] - begun[0], "cpu": ended[1] - begun[1]})
            if round_ == 0:
                rewards.append(scored)

    a.out.write_text(json.dumps({
        "side": "Hugging Face", "precision": a.precision, "calls": calls, "rewards": rewards,
        "tokens": [sum(map(len, g["sequences"])) for g in groups],
        "peak_bytes": peak_bytes(), "threads": a.threads,
        "versions": {"torch": torch.__version__, "transformers": transformers.__version__},
    }, indent=1))


if __name__ == "__main__":
    main()
