package dev.assay.method.armorm;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.backbone.Backbone;
import dev.assay.backbone.DecoderConfig;
import dev.assay.backbone.LoadOptions;
import dev.assay.backbone.catalog.BackboneCatalog;
import dev.assay.checkpoint.GoldenReward;
import dev.assay.checkpoint.MixtureSupplement;
import dev.assay.checkpoint.ModelConfig;
import dev.assay.checkpoint.ModelFolder;
import dev.assay.checkpoint.ModelManifest;
import dev.assay.checkpoint.ModelWeights;
import dev.assay.data.Conversation;
import dev.assay.data.RatingScale;
import dev.assay.network.ConversationScoring;
import dev.assay.network.PooledStates;
import dev.assay.reward.Explanation;
import dev.assay.reward.Objective;
import dev.assay.reward.ObjectiveRewardModel;
import dev.assay.reward.PairExplanation;
import dev.assay.reward.Reward;
import dev.assay.reward.ScoredPair;
import dev.assay.reward.Steering;
import dev.assay.tensor.Precision;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.tokenization.ChatFormat;
import dev.assay.tokenization.GatingPattern;
import dev.assay.tokenization.HuggingFaceTokenizers;
import dev.assay.tokenization.PackedBatch;
import dev.assay.tokenization.PromptPosition;
import dev.assay.tokenization.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A mixture of objectives that reads conversations: every reward comes with what each objective gave and how the prompt
 * weighed it. Any number of threads may call it.
 */
public final class MixtureRewardModel implements ObjectiveRewardModel {
    /** Where the published vocabulary of Llama-3 ends: models with it hold their pattern in their code. */
    private static final int LLAMA_3_VOCABULARY = 128_256;

    private final Backbone backbone;
    private final ObjectiveMixture mixture;
    private final ConversationScoring scoring;

    private MixtureRewardModel(Backbone backbone, ObjectiveMixture mixture, ConversationScoring scoring) {
        this.backbone = backbone;
        this.mixture = mixture;
        this.scoring = scoring;
    }

    /**
     * Loads a folder that {@link MixtureFolder} wrote, whose recorded rewards are checked, or one in the published layout. The
     * decoder computes in the precision it is stored in, so that a folder in bf16 stays on its mapped file.
     */
    public static MixtureRewardModel load(Path folder) {
        try (ModelWeights weights = ModelWeights.open(folder)) {
            boolean coarse = weights.decoderPrecision() == Precision.BFLOAT16;
            return load(folder, coarse ? Precision.BFLOAT16 : Precision.FLOAT32);
        }
    }

    /** The same with a decoder that computes in the given precision; probes, transform and gate never fall below fp32. */
    public static MixtureRewardModel load(Path folder, Precision compute) {
        Optional<ModelManifest> manifest = ModelFolder.manifest(folder);
        MixtureRewardModel model = read(folder, manifest, compute);
        try {
            manifest.ifPresent(
                    known -> model.scoring.check(known.golden(), model::explain, compute, folder.toString()));
            return model;
        } catch (AssayException e) {
            model.close();
            throw e;
        }
    }

    /** A folder whose manifest is not on disk yet. */
    static MixtureRewardModel written(Path folder, ModelManifest manifest) {
        return read(folder, Optional.of(manifest), Precision.FLOAT32);
    }

    private static MixtureRewardModel read(Path folder, Optional<ModelManifest> manifest, Precision compute) {
        ModelConfig json = ModelConfig.read(folder);
        DecoderConfig config = BackboneCatalog.config(json);
        Optional<MixtureSupplement> supplement = MixtureSupplement.read(folder);
        PromptPosition prompt = position(folder, config, supplement);
        ObjectiveMixture mixture;
        try (ModelWeights weights = ModelWeights.open(folder)) {
            mixture = MixtureTensors.read(folder, json, weights, supplement, config.hiddenSize());
        }
        try {
            Backbone backbone = BackboneCatalog.load(folder, LoadOptions.scoring(compute));
            try {
                ConversationScoring scoring = ConversationScoring.of(folder, manifest, config, prompt, () -> {
                    backbone.close();
                    mixture.close();
                });
                return new MixtureRewardModel(backbone, mixture, scoring);
            } catch (AssayException e) {
                backbone.close();
                throw e;
            }
        } catch (AssayException e) {
            mixture.close();
            throw e;
        }
    }

    /**
     * As recorded; else the pattern of Llama-3, which the published class holds in its code, for a model with that vocabulary;
     * else what the folder's chat template ends a prompt with; without a template, the prompt's last token.
     */
    private static PromptPosition position(Path folder, DecoderConfig config, Optional<MixtureSupplement> supplement) {
        if (supplement.isPresent()) {
            return supplement
                    .get()
                    .gatingPattern()
                    .<PromptPosition>map(ids -> new GatingPattern(
                            ids.stream().mapToInt(Integer::intValue).toArray()))
                    .orElse(new PromptPosition.LastToken());
        }
        if (config.vocabularySize() >= LLAMA_3_VOCABULARY && config.modelType().equals("llama")) {
            return GatingPattern.LLAMA_3;
        }
        if (!ModelFolder.hasChatTemplate(folder)) {
            return new PromptPosition.LastToken();
        }
        try (Tokenizer tokenizer = HuggingFaceTokenizers.load(folder)) {
            return GatingPattern.of(tokenizer, ChatFormat.of(folder))
                    .orElseThrow(() -> new AssayException(
                            ErrorKind.CHECKPOINT,
                            folder
                                    + ": nothing in its chat template marks the end of a prompt, so that it is not known what"
                                    + " its gate reads; write mixture.json beside it, {\"version\": 1,"
                                    + " \"prompt_position\": [IDS]}, with the ids of the tokens it was trained to read, or"
                                    + " \"last-token\""));
        }
    }

    @Override
    public Map<Objective, RatingScale> scales() {
        return ScaledObjective.scales(mixture.probes().objectives());
    }

    @Override
    public List<Reward> score(List<Conversation> conversations, Steering steering) {
        steering.requireFits(scales());
        return scoring.score(conversations, batch -> explain(PooledStates.of(backbone, batch), batch, steering));
    }

    @Override
    public ScoredPair scorePair(Conversation first, Conversation second, Steering steering) {
        steering.requireFits(scales());
        List<ConversationScoring.Answer<Stated>> both =
                scoring.each(List.of(first, second), batch -> stated(batch, steering));
        ConversationScoring.Answer<Stated> one = both.getFirst();
        ConversationScoring.Answer<Stated> other = both.getLast();
        return new ScoredPair(
                Reward.of(one.given().explanation, one.tokens(), one.truncated()),
                Reward.of(other.given().explanation, other.tokens(), other.truncated()),
                Optional.of(compare(one.given(), other.given(), steering)));
    }

    private PairExplanation compare(Stated one, Stated other, Steering steering) {
        try (TensorScope scope = TensorScope.open()) {
            return mixture.compare(
                    one.explanation,
                    other.explanation,
                    Tensors.floats(one.state, 1, one.state.length),
                    Tensors.floats(other.state, 1, other.state.length),
                    steering);
        }
    }

    /** An explanation with the state of the response {@code [D]} it was read from, which outlives the batch. */
    private record Stated(Explanation.Mixture explanation, float[] state) {}

    private List<Stated> stated(PackedBatch batch, Steering steering) {
        PooledStates states = PooledStates.of(backbone, batch);
        List<Explanation.Mixture> explanations = explain(states, batch, steering);
        return IntStream.range(0, explanations.size())
                .mapToObj(n -> new Stated(
                        explanations.get(n), Tensors.toFloats(states.responses().select(0, n))))
                .toList();
    }

    /** What weighs and explains; closed with this. */
    ObjectiveMixture mixture() {
        return mixture;
    }

    List<GoldenReward> record(List<Conversation> conversations) {
        return scoring.record(conversations, this::explain);
    }

    private List<Explanation.Mixture> explain(PackedBatch batch) {
        return explain(PooledStates.of(backbone, batch), batch, Steering.NONE);
    }

    private List<Explanation.Mixture> explain(PooledStates states, PackedBatch batch, Steering steering) {
        int[] tokens = new int[batch.responses()];
        for (int n = 0; n < tokens.length; n++) {
            int[] positions = batch.positions()[batch.row()[n]];
            tokens[n] = positions[batch.last()[n]] - positions[batch.prompt()[n]];
        }
        List<Explanation.Mixture> explanations =
                mixture.explain(states.prompts(), states.responses(), tokens, steering);
        if (explanations.stream().anyMatch(one -> !Double.isFinite(one.value()))) {
            throw new AssayException(
                    ErrorKind.NUMERIC,
                    "the model gave a reward that is not a number; its weights are damaged or its training diverged");
        }
        return explanations;
    }

    @Override
    public void close() {
        scoring.close();
    }
}
