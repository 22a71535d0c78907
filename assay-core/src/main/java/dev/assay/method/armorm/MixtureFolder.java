package dev.assay.method.armorm;

import dev.assay.backbone.DecoderConfig;
import dev.assay.backbone.DecoderFamily;
import dev.assay.backbone.catalog.BackboneCatalog;
import dev.assay.checkpoint.GoldenReward;
import dev.assay.checkpoint.MixtureSupplement;
import dev.assay.checkpoint.ModelConfig;
import dev.assay.checkpoint.ModelFolder;
import dev.assay.checkpoint.ModelManifest;
import dev.assay.checkpoint.ModelWeights;
import dev.assay.checkpoint.SafetensorsWriter;
import dev.assay.data.Conversation;
import dev.assay.head.GatingHead;
import dev.assay.tensor.Precision;
import dev.assay.tensor.TensorScope;
import dev.assay.tokenization.GatingPattern;
import dev.assay.tokenization.PromptPosition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * A mixture of objectives as a folder in the layout of the published model (arXiv 2406.12845, ArmoRM-Llama3-8B-v0.1): the
 * decoder, {@code regression_layer.weight} {@code [K,D]}, {@code reward_transform_matrix} {@code [K,K]}, {@code
 * gating.logit_scale} {@code [1]}, {@code gating.layers.<i>.weight} and {@code .bias}; what that layout has no place for lies
 * beside it as {@link MixtureSupplement}.
 */
public final class MixtureFolder {
    static final String TRANSFORM = "reward_transform_matrix";
    private static final String CLASS = "ForRewardModelWithGating";

    private MixtureFolder() {}

    /** Whether a folder's config.json names a model of this kind. */
    public static boolean is(Path folder) {
        return ModelConfig.read(folder).texts("architectures").stream().anyMatch(name -> name.endsWith(CLASS));
    }

    /**
     * Writes or replaces a folder, at once or not at all. The decoder's weights are copied in the precision they have, all
     * others are stored in fp32.
     *
     * @param backbone the decoder's folder, whose tokenizer files go along; a head in it is left out
     * @param prompt where the state stands that the gate was trained on
     * @param manifest how the model was made
     * @param samples conversations whose rewards are recorded and checked on every load
     */
    public static void write(
            Path folder,
            Path backbone,
            ObjectiveMixture mixture,
            PromptPosition prompt,
            ModelManifest manifest,
            List<Conversation> samples) {
        ModelConfig json = ModelConfig.read(backbone);
        DecoderConfig config = BackboneCatalog.config(json);
        DecoderFamily family = BackboneCatalog.family(config.modelType());
        MixtureSupplement supplement = MixtureTensors.supplement(mixture, prompt);
        try (TensorScope scope = TensorScope.open();
                NoGradGuard unrecorded = new NoGradGuard();
                ModelWeights stored = ModelWeights.open(backbone)) {
            Map<String, Tensor> weights = new LinkedHashMap<>(BackboneCatalog.stored(json, stored));
            Precision precision = stored.decoderPrecision();
            weights.putAll(MixtureTensors.published(mixture));
            ModelFolder.write(
                    folder,
                    new ModelFolder.Contents(
                            config(family, config, mixture.gate(), precision),
                            family.className(),
                            weights,
                            Optional.empty(),
                            backbone,
                            manifest),
                    partial -> {
                        supplement.write(partial);
                        SafetensorsWriter.write(
                                partial.resolve(MixtureSupplement.TENSORS),
                                mixture.probes().errors().tensors(),
                                Map.of());
                    },
                    partial -> golden(partial, manifest, samples));
        }
    }

    /** From the weights as they lie on disk, which also proves that they can be read. */
    private static List<GoldenReward> golden(Path partial, ModelManifest manifest, List<Conversation> samples) {
        try (MixtureRewardModel written = MixtureRewardModel.written(partial, manifest)) {
            return written.record(samples);
        }
    }

    private static Map<String, Object> config(
            DecoderFamily family, DecoderConfig decoder, GatingHead gate, Precision stored) {
        Map<String, Object> json = new LinkedHashMap<>(family.json(decoder));
        String name = family.className() + CLASS;
        json.put("architectures", List.of(name));
        json.put("auto_map", Map.of("AutoModelForSequenceClassification", "modeling_custom." + name));
        json.put("dtype", stored.configName());
        json.put("num_objectives", gate.objectives());
        json.put("gating_temperature", gate.temperature());
        json.put("gating_hidden_dim", gate.hidden());
        json.put("gating_n_hidden", gate.hiddenLayers());
        return json;
    }

    /**
     * Copies a folder, which lies in the published layout from the beginning, and proves that the copy gives the recorded rewards.
     *
     * @return what readers of the published layout have to mind, in sentences
     */
    public static List<String> copy(Path from, Path to) {
        ModelFolder.copy(from, to);
        try (MixtureRewardModel copy = MixtureRewardModel.load(to)) {
            List<String> cautions = new ArrayList<>();
            cautions.add("Python needs the class of the published model: put its modeling_custom.py beside config.json"
                    + position(to));
            for (String missing : unpublished(copy.mixture())) {
                cautions.add("other readers do not see " + missing);
            }
            return cautions;
        }
    }

    /** Where that class looks for the prompt's state. */
    private static String position(Path folder) {
        List<Integer> llama = Arrays.stream(GatingPattern.LLAMA_3.ids()).boxed().toList();
        Optional<List<Integer>> pattern = MixtureSupplement.read(folder).flatMap(MixtureSupplement::gatingPattern);
        if (pattern.isEmpty()) {
            return ", and change where it reads the gate's state: this gate reads the prompt's last token";
        }
        return pattern.get().equals(llama)
                ? ""
                : ", and set its token pattern to " + pattern.get() + ", where this gate reads the prompt's state";
    }

    /**
     * What readers of the published layout do not see of a mixture, in sentences: empty where they give the same rewards.
     */
    public static List<String> unpublished(ObjectiveMixture mixture) {
        List<String> missing = new ArrayList<>();
        for (double intercept : mixture.probes().intercepts()) {
            if (intercept != 0) {
                missing.add(
                        "the intercepts of the objectives: elsewhere all rewards of a prompt are shifted by one number,"
                                + " and their order stays");
                break;
            }
        }
        if (mixture.transform().readsLength()) {
            missing.add("the penalty for length: elsewhere long responses get more than here");
        }
        return missing;
    }
}
