"""Golden values for LoRA: a small random Llama, a PEFT adapter on it, and what Transformers + PEFT compute.

Run:  python golden/lora/make_golden.py    (writes beside itself)
Versions and seed are stored in expected.json.
"""

import json
import pathlib

import peft
import torch
import transformers

SEED = 20261121
HERE = pathlib.Path(__file__).parent
IDS = [[1, 5, 9, 2, 7, 7, 30], [3, 4, 8, 8, 8, 21, 13]]


def main():
    torch.manual_seed(SEED)
    config = transformers.LlamaConfig(
        vocab_size=32, hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=64, num_labels=1, pad_token_id=0,
    )
    base = transformers.LlamaForSequenceClassification(config).eval()
    base.save_pretrained(HERE / "base")
    lora = peft.LoraConfig(task_type="SEQ_CLS", r=3, lora_alpha=5, lora_dropout=0.0, target_modules=["q_proj", "down_proj"])
    model = peft.get_peft_model(base, lora).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_B" in name or "score.modules_to_save" in name:
                parameter.copy_(torch.randn_like(parameter) * 0.3)
    model.save_pretrained(HERE / "adapter")

    ids = torch.tensor(IDS)
    rewards = model(ids).logits[:, 0]
    loss = -torch.nn.functional.logsigmoid(rewards[0] - rewards[1])
    loss.backward()
    gradients = {
        name.removeprefix("base_model.model.").replace(".default", ""): parameter.grad.flatten().tolist()
        for name, parameter in model.named_parameters()
        if "lora_" in name
    }
    merged = model.merge_and_unload()
    weights = merged.state_dict()
    expected = {
        "versions": {"torch": torch.__version__, "transformers": transformers.__version__, "peft": peft.__version__},
        "seed": SEED,
        "ids": IDS,
        "rewards": rewards.tolist(),
        "loss": loss.item(),
        "gradients": gradients,
        "merged": {k: v.flatten().tolist() for k, v in weights.items() if k.endswith("layers.1.mlp.down_proj.weight")},
    }
    (HERE / "expected.json").write_text(json.dumps(expected))


main()
