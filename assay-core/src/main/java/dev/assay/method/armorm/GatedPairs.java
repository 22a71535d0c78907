package dev.assay.method.armorm;

import dev.assay.head.GatingHead;
import dev.assay.tensor.ShardedRows;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What a gate is trained and measured on: the difference in reward of pair n is {@code sum_k gate_k(prompt_n) margin_nk}. A pair
 * has one prompt, so the gate is computed once for both responses. States are read where they lie, a batch at a time.
 *
 * @param prompts {@code [N,D]} of any floating-point type
 * @param margins differences of transformed rewards {@code [N,K]} in fp32
 * @param rows which of the N pairs these are
 */
record GatedPairs(ShardedRows prompts, Tensor margins, int[] rows) {
    private static final int BLOCK = 2048;

    /** All pairs. */
    static GatedPairs all(ShardedRows prompts, Tensor margins) {
        int[] rows = IntStream.range(0, Math.toIntExact(prompts.rows())).toArray();
        return new GatedPairs(prompts, margins, rows);
    }

    int size() {
        return rows.length;
    }

    /** Adds the gradient of the mean loss of a batch of these pairs to the gate's parameters, and returns that loss. */
    double backward(GatingHead gate, int[] batch, double dropout, long seed) {
        int parts = Math.max(1, Math.min(Workers.count(), batch.length));
        List<Tensor> leaves = List.copyOf(gate.parameters().view().values());
        List<Callable<Part>> tasks = new ArrayList<>();
        for (int p = 0; p < parts; p++) {
            int[] part = Arrays.copyOfRange(batch, batch.length * p / parts, batch.length * (p + 1) / parts);
            GatingHead.Dropout masks = new GatingHead.Dropout(dropout, seed + p);
            tasks.add(() -> part(gate, leaves, named(part), masks, batch.length));
        }
        double loss = 0;
        for (Part part : Workers.each(tasks)) {
            loss += part.loss;
            for (int i = 0; i < leaves.size(); i++) {
                try (Tensor gradient = part.gradients.get(i)) {
                    Tensors.addToGradient(leaves.get(i), gradient);
                }
            }
        }
        return loss;
    }

    private record Part(double loss, List<Tensor> gradients) {}

    private Part part(GatingHead gate, List<Tensor> leaves, int[] some, GatingHead.Dropout masks, int batch) {
        Tensor coefficients = gate.coefficients(prompts.gather(some), masks);
        Tensor differences =
                coefficients.mul(margins.index_select(0, Tensors.longs(some))).sum(-1);
        Tensor loss = torch.log_sigmoid(differences).sum().div(Tensors.number(-batch));
        TensorVector lent = torch.grad(
                new TensorVector(loss),
                new TensorVector(leaves.toArray(Tensor[]::new)),
                new TensorVector(torch.ones_like(loss)),
                new BoolOptional(),
                false,
                false);
        List<Tensor> gradients = IntStream.range(0, leaves.size())
                .mapToObj(i -> {
                    Tensor gradient = new Tensor(lent.get(i));
                    gradient.retainReference();
                    return gradient;
                })
                .toList();
        return new Part(Tensors.scalar(loss), gradients);
    }

    private int[] named(int[] batch) {
        return IntStream.of(batch).map(i -> rows[i]).toArray();
    }

    /** Loss and accuracy on all of these pairs; without gradients. */
    PairOutcome evaluate(GatingHead gate) {
        return PairOutcome.of(differences(gate));
    }

    /** The difference in reward of every one of these pairs. */
    double[] differences(GatingHead gate) {
        double[] all = new double[size()];
        List<Runnable> pieces = new ArrayList<>();
        for (int from = 0; from < all.length; from += BLOCK) {
            int first = from;
            int count = Math.min(BLOCK, all.length - from);
            pieces.add(() -> {
                int[] some = Arrays.copyOfRange(rows, first, first + count);
                Tensor coefficients = gate.coefficients(prompts.gather(some));
                Tensor differences = coefficients
                        .to(ScalarType.Double)
                        .mul(margins.index_select(0, Tensors.longs(some)))
                        .sum(-1);
                System.arraycopy(Tensors.toDoubles(differences), 0, all, first, count);
            });
        }
        SideBySide.run(pieces);
        return all;
    }
}
