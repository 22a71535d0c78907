package dev.assay.benchmarks;

import dev.assay.backbone.catalog.BackboneCatalog;
import dev.assay.checkpoint.ModelConfig;
import dev.assay.data.PreferencePair;
import dev.assay.data.format.PreferenceReaders;
import dev.assay.head.ScalarHead;
import dev.assay.network.GroupRewards;
import dev.assay.network.RewardNetwork;
import dev.assay.tensor.Precision;
import dev.assay.tensor.Tensors;
import dev.assay.tokenization.ConversationEncoder;
import dev.assay.tokenization.HuggingFaceTokenizers;
import dev.assay.tokenization.PackingOptions;
import dev.assay.tokenization.PackingOptions.Sharing;
import dev.assay.tokenization.PlainFormat;
import dev.assay.tokenization.PrefixPacker;
import dev.assay.tokenization.TokenizedGroup;
import dev.assay.tokenization.Tokenizer;
import dev.assay.tokenization.Truncation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What sharing saves in processor time: {@code DATA_FOLDER TOKENIZER_FOLDER HIDDENxLAYERS fp32|bf16 score|train GROUPS
 * SOURCE...}. GPT-NeoX with random weights; a source with a plus has its pairs joined by prompt. The ways of sharing take
 * turns, and their rewards must agree. Run with OMP_NUM_THREADS=1: threads that wait would count as work.
 */
public final class SharingBenchmark {
    private static final int ROUNDS = 5;
    private static final int VOCABULARY = 4096;

    private SharingBenchmark() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        Precision precision = ReferenceModel.precision(arguments[3]);
        boolean training = arguments[4].equals("train");
        int most = Integer.parseInt(arguments[5]);
        System.out.println("| groups | tokens apart | share computed: rule | all | time: rule | all |");
        System.out.println("| --- | --- | --- | --- | --- | --- |");
        try (Tokenizer tokenizer = HuggingFaceTokenizers.load(Path.of(arguments[1]));
                RewardNetwork network = network(arguments[2], precision)) {
            ConversationEncoder encoder = new ConversationEncoder(
                    tokenizer, new PlainFormat(), new Truncation(512, Truncation.Side.PROMPT_LEFT));
            for (String name : List.of(arguments).subList(6, arguments.length)) {
                List<TokenizedGroup> groups = groups(Path.of(arguments[0]), name, encoder);
                System.out.println(
                        row(network, training, name, groups.subList(0, Math.min(most, groups.size())), precision));
            }
        }
    }

    private static RewardNetwork network(String shape, Precision precision) {
        int hidden = Integer.parseInt(shape.substring(0, shape.indexOf('x')));
        ModelConfig config = ModelConfig.of(
                Map.ofEntries(
                        Map.entry("model_type", "gpt_neox"),
                        Map.entry("vocab_size", VOCABULARY),
                        Map.entry("hidden_size", hidden),
                        Map.entry("intermediate_size", 4 * hidden),
                        Map.entry("num_hidden_layers", Integer.parseInt(shape.substring(shape.indexOf('x') + 1))),
                        Map.entry("num_attention_heads", Math.max(4, hidden / 64)),
                        Map.entry("max_position_embeddings", 2048),
                        Map.entry("rotary_pct", 0.25),
                        Map.entry("hidden_act", "gelu"),
                        Map.entry("use_parallel_residual", true),
                        Map.entry("layer_norm_eps", 1e-5),
                        Map.entry("initializer_range", 0.02),
                        Map.entry("attention_bias", true),
                        Map.entry("tie_word_embeddings", false)),
                shape);
        return new RewardNetwork(
                BackboneCatalog.random(BackboneCatalog.config(config), 1, precision),
                ScalarHead.random(hidden, 0.05, 1));
    }

    private static List<TokenizedGroup> groups(Path data, String name, ConversationEncoder encoder) {
        boolean joined = name.endsWith("+");
        String source = joined ? name.substring(0, name.length() - 1) : name;
        Path file = data.resolve("preferences").resolve(source).resolve("train.jsonl.gz");
        List<PreferencePair> pairs = new ArrayList<>(PreferenceReaders.pairs(file, source, null));
        List<TokenizedGroup> groups = pairs.stream()
                .map(pair -> small(encoder.encode(pair, 0).group()))
                .toList();
        List<TokenizedGroup> shuffled = new ArrayList<>(joined ? Packing.byPrompt(pairs, groups) : groups);
        Collections.shuffle(shuffled, new Random(5));
        return shuffled;
    }

    /** Ids of a small vocabulary in the place of the others, so that the embedding does not weigh. */
    private static TokenizedGroup small(TokenizedGroup group) {
        List<int[]> sequences = group.sequences().stream()
                .map(ids -> Arrays.stream(ids).map(id -> id % VOCABULARY).toArray())
                .toList();
        return new TokenizedGroup(sequences, group.ranks(), group.label(), 0, group.promptIndices(), 0, group.origin());
    }

    private static String row(
            RewardNetwork network, boolean training, String name, List<TokenizedGroup> groups, Precision precision) {
        double[] best = new double[Sharing.values().length];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        double[] apart = rewards(network, packer(Sharing.NEVER), groups);
        for (int round = 0; round <= ROUNDS; round++) {
            for (Sharing sharing : Sharing.values()) {
                PrefixPacker packer = packer(sharing);
                Agreement.check(name, rewards(network, packer, groups), apart, Agreement.tolerance(precision));
                Meter meter = new Meter();
                if (training) {
                    train(network, packer, groups);
                } else {
                    rewards(network, packer, groups);
                }
                double seconds = meter.read().cpu();
                best[sharing.ordinal()] =
                        round == 0 ? best[sharing.ordinal()] : Math.min(best[sharing.ordinal()], seconds);
            }
        }
        Packing packing = Packing.of(groups);
        double never = best[Sharing.NEVER.ordinal()];
        return "| %s (%d) | %d | %.3f | %.3f | %.3f | %.3f |"
                .formatted(
                        name,
                        groups.size(),
                        packing.apart(),
                        (double) packing.rule() / packing.apart(),
                        (double) packing.all() / packing.apart(),
                        best[Sharing.AUTO.ordinal()] / never,
                        best[Sharing.ALWAYS.ordinal()] / never);
    }

    private static PrefixPacker packer(Sharing sharing) {
        return new PrefixPacker(new PackingOptions(sharing, 4096), 0);
    }

    private static double[] rewards(RewardNetwork network, PrefixPacker packer, List<TokenizedGroup> groups) {
        return GroupRewards.of(network, packer, groups).stream()
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    private static void train(RewardNetwork network, PrefixPacker packer, List<TokenizedGroup> groups) {
        packer.pack(groups)
                .forEach(packed -> network.backward(
                        packed.batch(),
                        pooled -> network.rewards(pooled).pow(Tensors.number(2)).mean()));
        network.trainable().view().values().forEach(Tensors::clearGradient);
    }
}
