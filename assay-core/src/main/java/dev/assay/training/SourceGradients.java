package dev.assay.training;

import dev.assay.nn.Parameters;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The gradients of a step's sources, whole and apart, until their weights are known: then their weighted sum is the
 * gradient of the step, without another backward pass.
 */
final class SourceGradients implements AutoCloseable {
    /** Numbers of each gradient turned into doubles at a time: enough to be quick, few enough to be small. */
    private static final long SLICE = 1 << 20;

    private final Parameters trainable;
    private final Set<String> compared;
    private final List<Parameters> sources = new ArrayList<>();

    /**
     * @param trainable what gradients are of; they must have none now
     * @param compared names of those of which {@link #gram} is asked
     */
    SourceGradients(Parameters trainable, Set<String> compared) {
        this.trainable = trainable;
        this.compared = compared;
    }

    /** What whole gradients of so many sources take. */
    static long bytes(Parameters trainable, int sources) {
        long one = trainable.view().values().stream()
                .mapToLong(leaf -> leaf.numel() * leaf.element_size())
                .sum();
        return one * sources;
    }

    /** Takes the gradients that lie at the parameters as those of the next source, and leaves none. */
    void take() {
        Parameters taken = new Parameters();
        sources.add(taken);
        try (TensorScope scope = TensorScope.open()) {
            trainable.view().forEach((name, leaf) -> {
                Tensor gradient = compared.contains(name) ? Tensors.gradient(leaf) : Tensors.gradientAsIs(leaf);
                if (gradient != null) {
                    taken.put(name, gradient);
                }
                Tensors.clearGradient(leaf);
            });
        }
    }

    /** Inner products of the sources' gradients over the parameters compared, summed in double. */
    double[][] gram() {
        double[][] gram = new double[sources.size()][sources.size()];
        for (String name : compared) {
            long elements = trainable.get(name).numel();
            for (long from = 0; from < elements; from += SLICE) {
                addProducts(name, from, Math.min(SLICE, elements - from), gram);
            }
        }
        return gram;
    }

    private void addProducts(String name, long from, long length, double[][] gram) {
        try (TensorScope scope = TensorScope.open();
                NoGradGuard unrecorded = new NoGradGuard()) {
            TensorVector rows = new TensorVector();
            for (Parameters source : sources) {
                Tensor gradient = source.find(name);
                rows.push_back(
                        gradient == null
                                ? torch.zeros(length)
                                : gradient.flatten().narrow(0, from, length));
            }
            Tensor slice = torch.stack(rows, 0).to(ScalarType.Double);
            double[] products = Tensors.toDoubles(slice.matmul(slice.t()));
            for (int i = 0; i < products.length; i++) {
                gram[i / gram.length][i % gram.length] += products[i];
            }
        }
    }

    /** Puts the weighted sum of the sources' gradients to the parameters; the gradients themselves are used up. */
    void combine(double[] weights) {
        try (TensorScope scope = TensorScope.open();
                NoGradGuard unrecorded = new NoGradGuard()) {
            for (int s = 0; s < weights.length; s++) {
                double weight = weights[s];
                sources.get(s).view().forEach((name, gradient) -> {
                    Tensor sum = Tensors.gradientAsIs(trainable.get(name));
                    if (sum == null) {
                        Tensors.addToGradient(trainable.get(name), gradient.mul_(Tensors.number(weight)));
                    } else if (weight != 0) {
                        sum.add_(gradient, Tensors.number(weight));
                    }
                });
            }
        }
    }

    @Override
    public void close() {
        sources.forEach(Parameters::close);
    }
}
