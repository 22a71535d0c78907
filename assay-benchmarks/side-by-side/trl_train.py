"""TRL's RewardTrainer on the batches of batches.py: seconds, processor seconds and loss of each step, as JSON.

Usage: trl_train.py WORK_FOLDER fp32|bf16 OUT_JSON [--steps 2] [--pairs 16] [--threads 2]

TRL as it comes, but for four settings: activation recomputation off (it is on by default and costs a third of the speed),
the order of the rows fixed, constant learning rate, nothing saved. bf16 is TRL's own: autocast over fp32 weights.
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
    arguments.add_argument("--steps", type=int, default=2)
    arguments.add_argument("--pairs", type=int, default=16, help="pairs of each batch that are used, from its first")
    arguments.add_argument("--threads", type=int, default=2)
    a = arguments.parse_args()

    import torch
    import transformers
    import trl
    from datasets import Dataset
    from transformers import AutoModelForSequenceClassification, PreTrainedTokenizerFast, TrainerCallback

    torch.set_num_threads(a.threads)
    batches = json.loads((a.work / "batches.json").read_text())["batches"]
    used = [batches[i % len(batches)][:a.pairs] for i in range(a.steps)]
    dataset = Dataset.from_list([{"chosen_ids": p["chosen"], "rejected_ids": p["rejected"]} for b in used for p in b])
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(a.work / "tokenizer.json"), eos_token="<|endoftext|>", pad_token="<|padding|>")
    model = AutoModelForSequenceClassification.from_pretrained(a.work / "model", dtype=torch.float32)

    model.eval()
    first = [(p["chosen"], p["rejected"]) for p in used[0]][:4]
    with torch.no_grad():
        rewards = [[float(model(torch.tensor([s])).logits[0, 0]) for s in pair] for pair in first]

    class Steps(TrainerCallback):
        def __init__(self):
            self.begun, self.measured, self.losses = None, [], []

        def on_step_begin(self, *_, **__):
            self.begun = clock()

        def on_step_end(self, *_, **__):
            ended = clock()
            self.measured.append([ended[0] - self.begun[0], ended[1] - self.begun[1]])

        def on_log(self, args, state, control, logs=None, **__):
            if "loss" in logs:
                self.losses.append(logs["loss"])

    steps = Steps()
    trainer = trl.RewardTrainer(
        model=model,
        args=trl.RewardConfig(
            output_dir=str(a.work / "trl-output"), use_cpu=True, bf16=a.precision == "bf16",
            gradient_checkpointing=False, per_device_train_batch_size=len(used[0]), max_steps=a.steps, max_length=512,
            train_sampling_strategy="sequential", learning_rate=1e-5, lr_scheduler_type="constant", weight_decay=0.01,
            logging_steps=1, save_strategy="no", report_to=[], disable_tqdm=True),
        train_dataset=dataset, processing_class=tokenizer, callbacks=[steps])
    trainer.train()

    a.out.write_text(json.dumps({
        "side": "TRL", "precision": a.precision, "pairs": len(used[0]),
        "tokens": sum(len(s) for p in used[0] for s in (p["chosen"], p["rejected"])),
        "steps": [{"wall": w, "cpu": c} for w, c in steps.measured], "losses": steps.losses, "rewards": rewards,
        "peak_bytes": peak_bytes(), "threads": a.threads,
        "versions": {"torch": torch.__version__, "transformers": transformers.__version__, "trl": trl.__version__},
    }, indent=1))


if __name__ == "__main__":
    main()
