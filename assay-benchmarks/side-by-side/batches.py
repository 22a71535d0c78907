"""Writes what both sides of the comparison read: token ids of real pairs, and the random weights.

Usage: batches.py DATA_FOLDER TOKENIZER_JSON OUT_FOLDER [--batches 3] [--pairs 16] [--groups 4]

OUT_FOLDER/batches.json  training batches of pairs (hh-helpful and hh-harmless, mixed) and best-of-16 groups, as ids
OUT_FOLDER/model         a GPT-NeoX sequence-classification folder of the Pythia-160m shape with seeded random weights
"""

import argparse
import gzip
import json
import random
from pathlib import Path

from tokenizers import Tokenizer

MAX_LENGTH = 512
SEED = 20261121
SOURCES = ("hh-helpful", "hh-harmless")


def transcript(messages):
    names = {"user": "Human", "assistant": "Assistant", "system": "System"}
    return "".join(f"\n\n{names[m['role']]}: {m['content']}" for m in messages) + "\n\nAssistant:"


def rows(folder):
    for source in SOURCES:
        with gzip.open(folder / source / "train.jsonl.gz", "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                row = json.loads(line)
                yield f"{source}:{number}", transcript(row["prompt"]), " " + row["chosen"], " " + row["rejected"]


def shared(a, b):
    n = 0
    while n < min(len(a), len(b)) and a[n] == b[n]:
        n += 1
    return n


def histogram(lengths):
    edges = [64, 128, 192, 256, 320, 384, 448, 512]
    return {f"<={edge}": sum(low < n <= edge for n in lengths) for low, edge in zip([0] + edges, edges)}


def write_model(folder):
    import torch
    from transformers import GPTNeoXConfig, GPTNeoXForSequenceClassification

    torch.manual_seed(SEED)
    config = GPTNeoXConfig(
        vocab_size=50304, hidden_size=768, num_hidden_layers=12, num_attention_heads=12, intermediate_size=3072,
        rotary_pct=0.25, max_position_embeddings=2048, use_parallel_residual=True, hidden_act="gelu",
        num_labels=1, pad_token_id=1, bos_token_id=0, eos_token_id=0, tie_word_embeddings=False)
    model = GPTNeoXForSequenceClassification(config)
    # A head of visible size: rewards of order 1, so that a wrong state cannot hide in rounding.
    torch.nn.init.normal_(model.score.weight, std=0.05)
    model.save_pretrained(folder)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("data", type=Path)
    arguments.add_argument("tokenizer", type=Path)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--batches", type=int, default=3)
    arguments.add_argument("--pairs", type=int, default=16)
    arguments.add_argument("--groups", type=int, default=4)
    a = arguments.parse_args()

    tokenizer = Tokenizer.from_file(str(a.tokenizer))
    generator = random.Random(SEED)
    encode = lambda text: tokenizer.encode(text).ids + [0]  # TRL ends each sequence with the end-of-text token, id 0
    pairs, answers = [], []
    for name, prompt, chosen, rejected in rows(a.data):
        pair = {"row": name, "chosen": encode(prompt + chosen), "rejected": encode(prompt + rejected)}
        answers += [chosen, rejected]
        if max(len(pair["chosen"]), len(pair["rejected"])) <= MAX_LENGTH:
            pairs.append((pair, prompt, chosen, rejected))

    picked = generator.sample(pairs, a.batches * a.pairs + a.groups)
    batches = [[p[0] for p in picked[i * a.pairs:(i + 1) * a.pairs]] for i in range(a.batches)]
    groups = []
    for pair, prompt, chosen, rejected in picked[a.batches * a.pairs:]:
        # Best of 16: the row's own two answers and fourteen of other rows, cut where the whole would be too long.
        texts = [chosen, rejected] + generator.sample(answers, 14)
        groups.append({"row": pair["row"], "sequences": [encode(prompt + t)[:MAX_LENGTH] for t in texts]})

    tokens = [(p["chosen"], p["rejected"]) for b in batches for p in b]
    lengths = [len(s) for pair in tokens for s in pair]
    facts = {
        "sequences": len(lengths),
        "mean": sum(lengths) / len(lengths),
        "histogram": histogram(lengths),
        "tokens": sum(lengths),
        "tokens padded to the longest of each batch": sum(
            2 * len(b) * max(len(s) for p in b for s in (p["chosen"], p["rejected"])) for b in batches),
        "tokens with shared prefixes stored once": sum(len(c) + len(r) - shared(c, r) for c, r in tokens),
    }
    a.out.mkdir(parents=True, exist_ok=True)
    (a.out / "batches.json").write_text(json.dumps({"seed": SEED, "facts": facts, "batches": batches, "groups": groups}))
    print(json.dumps(facts, indent=1))
    if not (a.out / "model" / "config.json").exists():
        write_model(a.out / "model")


if __name__ == "__main__":
    main()
