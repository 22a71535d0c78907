package dev.assay.recipe;

import dev.assay.recipe.yaml.Default;
import dev.assay.recipe.yaml.Rules;
import dev.assay.tensor.Precision;
import java.util.List;
import java.util.Optional;

/**
 * The frozen states that probes and gate are trained on. They are computed in {@code training.precision}, {@code
 * training.microbatch-tokens} at a time.
 *
 * @param gating where a prompt's state is read
 * @param pattern ids of the tokens that end a prompt, in place of {@code gating}; the state is that of the first one
 * @param storage precision on disk
 * @param rowsPerShard what a killed run computes again at most
 * @param folder where they are kept, so that several runs share them; absent: in the run folder
 * @param rlhflow files that hold them already; absent: they are computed
 */
public record EmbeddingsSection(
        @Default("auto") Gating gating,
        @Default("[]") List<Integer> pattern,
        @Default("fp32") TrainingSection.Precision storage,
        @Default("4096") int rowsPerShard,
        Optional<String> folder,
        Optional<RlhflowSection> rlhflow) {
    public EmbeddingsSection {
        Rules rules = new Rules().atLeast("rows-per-shard", rowsPerShard, 1);
        rules.that(
                "pattern",
                pattern.stream().allMatch(id -> id >= 0),
                "pattern is " + pattern + ", token ids are not negative");
        folder.ifPresent(path -> rules.notBlank("folder", path));
        rules.that(
                "folder",
                folder.isEmpty() || rlhflow.isEmpty(),
                "folder is for states that are computed, and rlhflow names some that are there; take one of them out");
        rules.check();
    }

    /** Where a prompt's state is read. */
    public enum Gating {
        /** Where the chat template ends the prompt; at its last token where there is no template. */
        AUTO,
        /** At its last token. */
        LAST_TOKEN
    }

    Precision precision() {
        return storage == TrainingSection.Precision.BF16 ? Precision.BFLOAT16 : Precision.FLOAT32;
    }
}
