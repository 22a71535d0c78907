"""Loads an adapter folder written by Assay with PEFT and compares rewards with those that PEFT's own folder gives.

Run:  python golden/lora/check_folder.py FOLDER
"""

import json
import pathlib
import sys

import peft
import torch
import transformers

HERE = pathlib.Path(__file__).parent


def main(folder):
    expected = json.loads((HERE / "expected.json").read_text())
    base = transformers.LlamaForSequenceClassification.from_pretrained(HERE / "base", num_labels=1)
    model = peft.PeftModel.from_pretrained(base, folder).eval()
    rewards = model(torch.tensor(expected["ids"])).logits[:, 0].tolist()
    worst = max(abs(a - b) for a, b in zip(rewards, expected["rewards"]))
    print(f"rewards {rewards}, largest difference {worst:.2e}")
    return 0 if worst < 1e-6 else 1


sys.exit(main(sys.argv[1]))
