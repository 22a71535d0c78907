package dev.assay.network;

import dev.assay.checkpoint.SafetensorsWriter;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Features in the files of the scripts published with ArmoRM (RLHFlow/RLHF-Reward-Modeling, armo-rm): {@code embeddings}
 * {@code [N,D]} and {@code labels} {@code [N,K]}, NaN where nobody rated, for the probes; {@code embeddings} {@code [N,2,D]} and
 * {@code prompt_embeddings} {@code [N,2,D]}, the chosen response first, for the gate. They name no rows; ours get {@code
 * file:row}. States are read where they lie in the mapped files.
 */
public final class RlhflowFeatures {
    private static final String STATES = "embeddings";
    private static final String LABELS = "labels";
    private static final String PROMPTS = "prompt_embeddings";

    private RlhflowFeatures() {}

    /**
     * Features with labels.
     *
     * @param store the features; the files have no prompts, so that those are zeros; the receiver closes it
     * @param labels {@code [K][N]}, NaN where nobody rated
     */
    public record Rated(FeatureStore store, double[][] labels) {}

    /** Writes what stage-1_train.py reads; {@code labels} are {@code [K][N]} in the order of the store's rows. */
    public static void writeRated(Path file, FeatureStore store, double[][] labels) {
        require(store.responsesPerRow() == 1, "rated responses");
        float[] flat = new float[Math.multiplyExact(store.rows(), labels.length)];
        for (int k = 0; k < labels.length; k++) {
            for (int n = 0; n < store.rows(); n++) {
                flat[n * labels.length + k] = (float) labels[k][n];
            }
        }
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put(STATES, store.responses().joined());
            tensors.put(LABELS, Tensors.floats(flat, store.rows(), labels.length));
            SafetensorsWriter.write(file, tensors, Map.of());
        }
    }

    /** Writes what stage-2_train.py reads: the prompt's state once for each response. */
    public static void writePairs(Path file, FeatureStore store) {
        require(store.responsesPerRow() == 2, "pairs");
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put(STATES, store.responses().joined());
            Tensor prompts = store.prompts().joined();
            tensors.put(PROMPTS, torch.stack(new TensorVector(prompts, prompts), 1));
            SafetensorsWriter.write(file, tensors, Map.of());
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("the store does not hold " + what);
        }
    }

    /** Reads files of the first stage, one after the other. */
    public static Rated readRated(List<Path> files) {
        try (TensorScope scope = TensorScope.open()) {
            RlhflowFiles opened = RlhflowFiles.open(files, STATES, 2, LABELS);
            List<FeatureStore.States> states = new ArrayList<>();
            List<double[]> labels = new ArrayList<>();
            for (int file = 0; file < files.size(); file++) {
                Tensor part = opened.tensor(file, STATES);
                Tensor none = torch.zeros(1, part.size(1)).expand(part.size(0), part.size(1));
                states.add(new FeatureStore.States(part, none));
                labels.add(Tensors.toDoubles(opened.tensor(file, LABELS)));
            }
            FeatureStore store = new FeatureStore(states, opened.files(), opened.ids(), new int[0][], List.of());
            return new Rated(store, columns(labels, store.rows()));
        }
    }

    /** Labels row by row, file by file, as {@code [K][N]}. */
    private static double[][] columns(List<double[]> files, int rows) {
        double[] flat = files.stream().flatMapToDouble(Arrays::stream).toArray();
        double[][] labels = new double[rows == 0 ? 0 : flat.length / rows][rows];
        for (int i = 0; i < flat.length; i++) {
            labels[i % labels.length][i / labels.length] = flat[i];
        }
        return labels;
    }

    /** Reads files of the second stage, one after the other; prompts may be {@code [N,2,D]} or {@code [N,D]}. */
    public static FeatureStore readPairs(List<Path> files) {
        try (TensorScope scope = TensorScope.open()) {
            RlhflowFiles opened = RlhflowFiles.open(files, STATES, 3, PROMPTS);
            List<FeatureStore.States> states = new ArrayList<>();
            for (int file = 0; file < files.size(); file++) {
                Tensor prompts = opened.tensor(file, PROMPTS);
                Tensor once = prompts.dim() == 3 ? prompts.select(1, 0) : prompts;
                states.add(new FeatureStore.States(opened.tensor(file, STATES), once));
            }
            return new FeatureStore(states, opened.files(), opened.ids(), new int[0][], List.of());
        }
    }
}
