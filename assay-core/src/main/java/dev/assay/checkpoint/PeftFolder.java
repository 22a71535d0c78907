package dev.assay.checkpoint;

import dev.assay.ErrorKind;
import dev.assay.Problems;
import dev.assay.nn.Parameters;
import dev.assay.nn.lora.LoraAdapter;
import dev.assay.nn.lora.LoraConfig;
import dev.assay.tensor.TensorScope;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * An adapter folder as PEFT writes it: {@code adapter_config.json} and {@code adapter_model.safetensors} with keys {@code
 * base_model.model.<layer>.lora_A.weight}, and the reward head as {@code base_model.model.score.weight}, always stored,
 * since a head left out comes back random. Read by {@code PeftModel.from_pretrained}, and back.
 */
public final class PeftFolder {
    private static final String CONFIG = "adapter_config.json";
    private static final String WEIGHTS = "adapter_model.safetensors";
    private static final String PREFIX = "base_model.model.";
    private static final String HEAD = PREFIX + "score.weight";
    private static final List<String> PARTS = List.of(".lora_A.weight", ".lora_B.weight");

    private PeftFolder() {}

    /**
     * What a folder holds.
     *
     * @param adapter the low-rank updates, owned by the caller
     * @param headKD weight of the reward head {@code [K,D]} in fp32, owned by the caller; null where the folder has none
     * @param baseModel the base the adapter was trained on, as its writer named it
     */
    public record Contents(LoraAdapter adapter, @Nullable Tensor headKD, String baseModel) {}

    /**
     * Writes an adapter, weights first, so that a folder with a configuration is a whole one.
     *
     * @param headKD weight of the reward head, or null for an adapter of a language model
     * @param baseModel path or hub name of the base, for whoever loads the folder
     */
    public static void write(Path folder, LoraAdapter adapter, @Nullable Tensor headKD, String baseModel) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        adapter.parameters().view().forEach((name, tensor) -> tensors.put(PREFIX + name, tensor));
        if (headKD != null) {
            tensors.put(HEAD, headKD);
        }
        SafetensorsWriter.write(folder.resolve(WEIGHTS), tensors, Map.of("format", "pt"));
        AtomicFile.write(folder.resolve(CONFIG), JsonText.pretty(config(adapter, headKD != null, baseModel)));
    }

    private static Map<String, Object> config(LoraAdapter adapter, boolean head, String baseModel) {
        LoraConfig lora = adapter.config();
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("base_model_name_or_path", baseModel);
        config.put("bias", "none");
        config.put("fan_in_fan_out", false);
        config.put("inference_mode", true);
        config.put("init_lora_weights", true);
        config.put("lora_alpha", lora.alpha());
        config.put("lora_dropout", lora.dropout());
        config.put("modules_to_save", head ? List.of("score") : null);
        config.put("peft_type", "LORA");
        config.put("r", lora.rank());
        config.put("target_modules", lora.targets());
        config.put("task_type", head ? "SEQ_CLS" : "CAUSAL_LM");
        config.put("use_dora", false);
        config.put("use_rslora", lora.rankStabilized());
        return config;
    }

    /** Reads an adapter; what does not fit together is listed in one error. */
    public static Contents read(Path folder, String name) {
        ModelConfig config = ModelConfig.readFile(folder.resolve(CONFIG));
        LoraConfig lora = lora(config);
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
            check(file, lora);
            Parameters parameters = new Parameters();
            try (TensorScope scope = TensorScope.open();
                    NoGradGuard frozen = new NoGradGuard()) {
                for (String key : file.names()) {
                    if (!key.equals(HEAD)) {
                        parameters.put(key.substring(PREFIX.length()), own(file.tensor(key)));
                    }
                }
                Tensor head = file.names().contains(HEAD) ? scope.keep(own(file.tensor(HEAD))) : null;
                parameters.trainable(true);
                String base = config.text("base_model_name_or_path", "");
                return new Contents(LoraAdapter.of(name, lora, parameters), head, base);
            }
        }
    }

    private static Tensor own(Tensor mapped) {
        return mapped.to(ScalarType.Float).clone();
    }

    private static LoraConfig lora(ModelConfig config) {
        if (!config.text("peft_type", "").equals("LORA")) {
            config.refuse("peft_type", "only LORA adapters are read");
        }
        if (!config.text("bias", "none").equals("none")) {
            config.refuse("bias", "adapters that train biases are not read");
        }
        if (config.flag("use_dora", false)) {
            config.refuse("use_dora", "DoRA adapters are not read");
        }
        for (String pattern : List.of("rank_pattern", "alpha_pattern")) {
            if (config.values().get(pattern) instanceof Map<?, ?> map && !map.isEmpty()) {
                config.refuse(pattern, "one rank and one alpha for all layers are read");
            }
        }
        List<String> targets = config.values().get("target_modules") instanceof List<?> listed
                ? listed.stream().map(String::valueOf).toList()
                : List.of();
        if (targets.isEmpty()) {
            config.refuse("target_modules", "must list the adapted layers by name");
        }
        int rank = config.integer("r");
        double alpha = config.number("lora_alpha");
        config.check();
        return new LoraConfig(rank, alpha, config.number("lora_dropout", 0), targets, config.flag("use_rslora", false));
    }

    /** Every layer has an A {@code [r,in]} and a B {@code [out,r]}; nothing else is there but the head. */
    private static void check(SafetensorsFile file, LoraConfig lora) {
        Problems problems = new Problems(ErrorKind.CHECKPOINT, file.path().toString());
        for (String key : file.names()) {
            String part = PARTS.stream().filter(key::endsWith).findFirst().orElse(null);
            if (key.equals(HEAD)) {
                continue;
            }
            if (part == null || !key.startsWith(PREFIX)) {
                problems.add(
                        key + " is no LoRA weight; expected " + PREFIX + "<layer>.lora_A.weight or .lora_B.weight");
                continue;
            }
            String layer = key.substring(0, key.length() - part.length());
            String other = layer + (part.equals(PARTS.getFirst()) ? PARTS.getLast() : PARTS.getFirst());
            if (!file.names().contains(other)) {
                problems.add(key + " stands without " + other);
            }
            long[] shape = file.shape(key);
            int rankAxis = part.equals(PARTS.getFirst()) ? 0 : 1;
            if (shape.length != 2 || shape[rankAxis] != lora.rank()) {
                problems.add(key + " has shape " + Arrays.toString(shape) + "; with r = " + lora.rank() + " it must be "
                        + (rankAxis == 0 ? "[r, in]" : "[out, r]"));
            }
        }
        problems.throwIfAny();
    }
}
