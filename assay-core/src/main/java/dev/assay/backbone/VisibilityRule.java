package dev.assay.backbone;

import dev.assay.nn.Visibility;
import dev.assay.nn.Visibility.Rule;
import dev.assay.nn.Visibility.Span;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Which token sees which: token i sees token j of its path when j &lt;= i and, under a sliding window, fewer than its
 * size positions lie between.
 *
 * @param layout the tokens and their paths
 * @param positions position of each token along its path {@code [T]}
 * @param window tokens seen, itself included; {@link Integer#MAX_VALUE} for no window
 */
record VisibilityRule(TokenLayout layout, int[] positions, int window) {
    /** Every token asks. A run that goes on where its path ends asks together with that path: one causal product. */
    Visibility ofAll() {
        List<Span> spans = new ArrayList<>();
        List<TokenLayout.Run> runs = layout.runs();
        int first = 0;
        for (int run = 0; run < runs.size(); run++) {
            if (run + 1 == runs.size() || !continues(runs.get(run + 1), run)) {
                spans.add(span(runs.get(first).start(), runs.get(run).end(), withItself(run)));
                first = run + 1;
            }
        }
        return visibility(spans);
    }

    /** Only the given tokens ask, each for itself. */
    Visibility ofSome(int[] tokens) {
        return visibility(IntStream.of(tokens)
                .mapToObj(
                        token -> span(token, token + 1, withItself(layout.runs().indexOf(layout.runOf(token)))))
                .toList());
    }

    private Visibility visibility(List<Span> spans) {
        return new Visibility(
                layout.runs().stream().mapToLong(TokenLayout.Run::length).toArray(), spans);
    }

    /** Whether a run sees all that the run before it sees, and that run itself. */
    private boolean continues(TokenLayout.Run run, int before) {
        return Arrays.equals(run.path(), withItself(before));
    }

    private int[] withItself(int run) {
        return IntStream.concat(IntStream.of(layout.runs().get(run).path()), IntStream.of(run))
                .toArray();
    }

    private Span span(int from, int to, int[] path) {
        int[] keys = IntStream.of(path)
                .flatMap(run -> IntStream.range(
                        layout.runs().get(run).start(), layout.runs().get(run).end()))
                .toArray();
        int queries = to - from;
        boolean narrowed = positions[keys[keys.length - 1]] - positions[keys[0]] >= window;
        if (!narrowed && queries == keys.length) {
            return new Span(queries, path, Rule.CAUSAL, null);
        }
        if (!narrowed && queries == 1 && keys[keys.length - 1] == from) {
            return new Span(queries, path, Rule.ALL, null);
        }
        return new Span(queries, path, Rule.MASKED, mask(from, to, keys));
    }

    private Tensor mask(int from, int to, int[] keys) {
        float[] flat = new float[Math.multiplyExact(to - from, keys.length)];
        for (int query = from; query < to; query++) {
            for (int k = 0; k < keys.length; k++) {
                boolean visible = keys[k] <= query && positions[query] - positions[keys[k]] < window;
                flat[(query - from) * keys.length + k] = visible ? 0 : Visibility.HIDDEN;
            }
        }
        return Tensors.floats(flat, to - from, keys.length);
    }
}
