package dev.assay.nn.lora;

import java.util.List;

/**
 * Which layers an adapter changes, and by how much.
 *
 * @param rank inner width r of the update, at least 1
 * @param alpha strength; the update is scaled by alpha / r, or alpha / sqrt(r) when rank-stabilised
 * @param dropout share of the layer's inputs the update does not see while training, in [0, 1)
 * @param targets names of the linear layers: a last segment such as {@code q_proj}, or a longer path ending
 * @param rankStabilized whether the scale is alpha / sqrt(r) (Kalajdzievski 2023, arXiv 2312.03732)
 */
public record LoraConfig(int rank, double alpha, double dropout, List<String> targets, boolean rankStabilized) {
    public LoraConfig {
        targets = List.copyOf(targets);
        if (rank < 1) {
            throw new IllegalArgumentException("LoRA rank " + rank + " is below 1");
        }
        if (!(alpha > 0 && Double.isFinite(alpha))) {
            throw new IllegalArgumentException("LoRA alpha " + alpha + " is not a positive number");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("LoRA dropout " + dropout + " is outside [0, 1)");
        }
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a LoRA adapter needs at least one target layer");
        }
    }

    /** The factor before {@code B A x}. */
    public double scale() {
        return alpha / (rankStabilized ? Math.sqrt(rank) : rank);
    }

    /** Whether a layer is meant: its path is a target or ends in one at a dot. */
    public boolean targets(String path) {
        return targets.stream().anyMatch(target -> path.equals(target) || path.endsWith("." + target));
    }
}
