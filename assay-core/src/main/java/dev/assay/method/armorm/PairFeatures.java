package dev.assay.method.armorm;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.tensor.ShardedRows;
import dev.assay.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Stored features of N pairs of responses to one prompt each. They stay their owner's.
 *
 * @param prompts states of the prompts {@code [N,D]}, what the gate reads
 * @param chosen states of the preferred responses {@code [N,D]}
 * @param rejected states of the others {@code [N,D]}
 * @param ids the name of each pair, for messages
 * @param promptNumbers equal for pairs of one prompt, which are never on both sides of a split
 * @param chosenTokens length of each preferred response; may be empty where no length is read
 * @param rejectedTokens likewise
 */
public record PairFeatures(
        ShardedRows prompts,
        ShardedRows chosen,
        ShardedRows rejected,
        List<String> ids,
        int[] promptNumbers,
        int[] chosenTokens,
        int[] rejectedTokens) {
    private static final int BLOCK = 4096;

    public PairFeatures {
        ids = List.copyOf(ids);
        for (ShardedRows features : List.of(prompts, chosen, rejected)) {
            long[] shape = features.shape();
            if (shape.length != 2 || shape[0] != ids.size() || promptNumbers.length != ids.size()) {
                throw new IllegalArgumentException("features " + Arrays.toString(shape) + " do not fit " + ids.size()
                        + " pairs with " + promptNumbers.length + " prompt numbers");
            }
        }
    }

    /** Features in one tensor each. */
    public PairFeatures(
            Tensor prompts,
            Tensor chosen,
            Tensor rejected,
            List<String> ids,
            int[] promptNumbers,
            int[] chosenTokens,
            int[] rejectedTokens) {
        this(
                ShardedRows.of(prompts),
                ShardedRows.of(chosen),
                ShardedRows.of(rejected),
                ids,
                promptNumbers,
                chosenTokens,
                rejectedTokens);
    }

    /** N. */
    public int pairs() {
        return ids.size();
    }

    /** The pairs on one side of a split, in order; may be none. */
    int[] side(PromptSplit split, boolean held) {
        return IntStream.range(0, pairs())
                .filter(n -> split.holdsOut(promptNumbers[n]) == held)
                .toArray();
    }

    /** The pairs whose prompt's number passes, in order; the features are copied to the current scope. */
    public PairFeatures where(IntPredicate prompt) {
        int[] kept = IntStream.range(0, pairs())
                .filter(n -> prompt.test(promptNumbers[n]))
                .toArray();
        return new PairFeatures(
                prompts.gather(kept),
                chosen.gather(kept),
                rejected.gather(kept),
                IntStream.of(kept).mapToObj(ids::get).toList(),
                select(promptNumbers, kept),
                select(chosenTokens, kept),
                select(rejectedTokens, kept));
    }

    private static int[] select(int[] values, int[] kept) {
        return values.length == 0
                ? values
                : IntStream.of(kept).map(n -> values[n]).toArray();
    }

    /** Differences of transformed rewards, chosen less rejected, {@code [N,K]} in double, in the current scope. */
    Tensor margins(ObjectiveProbes probes, RewardTransform transform) {
        return transform
                .apply(probes.rewards(chosen), chosenTokens)
                .sub(transform.apply(probes.rewards(rejected), rejectedTokens));
    }

    /** Differences of the responses' states, chosen less rejected, {@code [N,D]} in fp32 whatever they are stored in, in the current scope. */
    Tensor differences() {
        Tensor differences = torch.empty(pairs(), chosen.width());
        chosen.forEach(
                BLOCK,
                (block, from) -> differences
                        .narrow(0, from, block.size(0))
                        .copy_(block.to(ScalarType.Float)
                                .sub(rejected.narrow(from, block.size(0)).to(ScalarType.Float))));
        return differences;
    }

    /** Stops at the first pair with a number that is none, in any of its three states. */
    void requireFinite() {
        requireFinite("prompt", prompts);
        requireFinite("chosen response", chosen);
        requireFinite("rejected response", rejected);
    }

    private void requireFinite(String what, ShardedRows features) {
        features.forEach(BLOCK, (block, from) -> {
            Tensor good = block.isfinite().all(1, false);
            if (Tensors.scalar(good.all()) == 0) {
                int pair = Math.toIntExact(from
                        + good.logical_not().nonzero().select(0, 0).select(0, 0).item_long());
                throw new AssayException(
                        ErrorKind.DATA,
                        "features of the " + what + ", pair " + ids.get(pair)
                                + ": a value is not finite; compute the features of this pair again or leave it out");
            }
        });
    }
}
