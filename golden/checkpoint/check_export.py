"""Loads model folders that Assay wrote with transformers and records the rewards, so that the Java test needs no Python.

The folders are written by ModelExportTest into assay-core/target/exports/<family>. For each: the sha256 of the files as
transformers read them, and the rewards of the golden sequences. Run: python golden/checkpoint/check_export.py
(transformers 5.18, torch 2.13)
"""
import hashlib
import json
import pathlib

import torch
import transformers
from transformers import AutoModelForSequenceClassification

HERE = pathlib.Path(__file__).parent
EXPORTS = HERE.parent.parent / "assay-core" / "target" / "exports"


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main():
    result = dict(transformers=transformers.__version__, torch=torch.__version__, families={})
    for folder in sorted(EXPORTS.iterdir()):
        model, info = AutoModelForSequenceClassification.from_pretrained(
            folder, dtype=torch.float32, attn_implementation="eager", output_loading_info=True)
        assert not any(info[k] for k in ("missing_keys", "unexpected_keys", "mismatched_keys")), info
        assert model.config.num_labels == 1 and model.config.pad_token_id is not None
        golden = json.loads((folder / "assay.json").read_text())["golden"]
        with torch.no_grad():
            alone = [model(torch.tensor([g["tokens"]])).logits[0, 0].item() for g in golden]
        for g, reward in zip(golden, alone):
            assert abs(g["reward"] - reward) <= 1e-5 * max(1, abs(reward)), (folder.name, g["reward"], reward)
        result["families"][folder.name] = dict(
            type=type(model).__name__, rewards=alone,
            files={name: sha256(folder / name) for name in ("config.json", "model.safetensors")})
        print(folder.name, type(model).__name__, alone)
    (HERE / "exported.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
