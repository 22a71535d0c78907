package dev.assay.tensor;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Arrays to tensors and back, and copies of the handles libtorch only lends. A lent handle ({@code grad()}, an element of
 * a {@code TensorVector}) points into its owner and dies with it; the copies made here share the numbers, not the fate.
 */
public final class Tensors {
    private Tensors() {}

    /** Ids as int64 {@code [B,T]}; all rows of one length. */
    public static Tensor longs(int[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        long[] flat = new long[Math.multiplyExact(rows.length, columns)];
        for (int r = 0; r < rows.length; r++) {
            if (rows[r].length != columns) {
                throw new IllegalArgumentException("row " + r + " has " + rows[r].length + " columns, not " + columns);
            }
            for (int c = 0; c < columns; c++) {
                flat[r * columns + c] = rows[r][c];
            }
        }
        LibTorch.ready();
        return Tensor.create(flat, rows.length, columns);
    }

    /** Indices as int64 {@code [n]}. */
    public static Tensor longs(int... values) {
        LibTorch.ready();
        return Tensor.create(Arrays.stream(values).asLongStream().toArray(), values.length);
    }

    /** Numbers in row-major order as fp32 of the given shape. */
    public static Tensor floats(float[] values, long... shape) {
        checkSize(values.length, shape);
        LibTorch.ready();
        return Tensor.create(values, shape);
    }

    /** Numbers in row-major order as fp32 of the given shape. */
    public static Tensor floats(double[] values, long... shape) {
        checkSize(values.length, shape);
        float[] narrowed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrowed[i] = (float) values[i];
        }
        LibTorch.ready();
        return Tensor.create(narrowed, shape);
    }

    /** Numbers in row-major order as fp64 of the given shape. */
    public static Tensor doubles(double[] values, long... shape) {
        checkSize(values.length, shape);
        LibTorch.ready();
        return Tensor.create(values, shape);
    }

    /** Zeros as fp64 of the given shape. */
    public static Tensor doubleZeros(long... shape) {
        LibTorch.ready();
        return torch.zeros(shape, new TensorOptions(ScalarType.Double));
    }

    /** All elements in row-major order, whatever the type. */
    public static float[] toFloats(Tensor tensor) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor plain = tensor.detach().to(ScalarType.Float).contiguous();
            float[] values = new float[Math.toIntExact(plain.numel())];
            if (values.length > 0) { // an empty tensor has no address
                new FloatPointer(plain.data_ptr()).get(values);
            }
            return values;
        }
    }

    /** All elements in row-major order, whatever the type. */
    public static double[] toDoubles(Tensor tensor) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor plain = tensor.detach().to(ScalarType.Double).contiguous();
            double[] values = new double[Math.toIntExact(plain.numel())];
            if (values.length > 0) {
                plain.data_ptr_double().get(values);
            }
            return values;
        }
    }

    /** The only element. */
    public static double scalar(Tensor tensor) {
        if (tensor.numel() != 1) {
            throw new IllegalArgumentException("a scalar was expected, not " + Arrays.toString(shape(tensor)));
        }
        return tensor.item_double();
    }

    /** Sizes of all dimensions. */
    public static long[] shape(Tensor tensor) {
        long[] shape = new long[Math.toIntExact(tensor.dim())];
        for (int d = 0; d < shape.length; d++) {
            shape[d] = tensor.size(d);
        }
        return shape;
    }

    /** The element type, as the one enum object that can be compared by identity and switched on. */
    public static ScalarType type(Tensor tensor) {
        return tensor.scalar_type().intern();
    }

    /**
     * A handle of one's own to the gradient, or null where none has been computed. That of an embedding table adds up as the
     * rows which were looked up, since a dense one is written, zeros and all, for each part of a batch; it is made
     * dense here, and lies at the leaf so from then on.
     */
    public static @Nullable Tensor gradient(Tensor leaf) {
        if (leaf.grad().defined() && leaf.grad().is_sparse()) {
            try (NoGradGuard unrecorded = new NoGradGuard()) {
                leaf.mutable_grad().put(leaf.grad().to_dense());
            }
        }
        return gradientAsIs(leaf);
    }

    /** {@link #gradient}, but sparse where it has been added up so. */
    public static @Nullable Tensor gradientAsIs(Tensor leaf) {
        Tensor lent = leaf.grad();
        return lent.defined() ? new Tensor(lent) : null;
    }

    /** Forgets the gradient, so that the next backward pass starts from nothing. */
    public static void clearGradient(Tensor leaf) {
        leaf.mutable_grad().reset();
    }

    /** Adds to the gradient, which may be absent; takes the given tensor itself when it is. */
    public static void addToGradient(Tensor leaf, Tensor gradient) {
        try (NoGradGuard noGrad = new NoGradGuard()) {
            Tensor slot = leaf.mutable_grad();
            if (!slot.defined()) {
                slot.put(gradient);
            } else if (slot.is_sparse() && !gradient.is_sparse()) {
                slot.put(gradient.add(slot));
            } else {
                slot.add_(gradient);
            }
        }
    }

    /** Equal parts along a dimension, with handles of their own. */
    public static Tensor[] chunk(Tensor tensor, int parts, long dimension) {
        TensorVector lent = tensor.chunk(parts, dimension);
        Tensor[] chunks = new Tensor[Math.toIntExact(lent.size())];
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] = new Tensor(lent.get(i));
        }
        return chunks;
    }

    /** Parts of the given lengths along a dimension, with handles of their own. */
    public static Tensor[] split(Tensor tensor, long[] lengths, long dimension) {
        TensorVector lent = torch.split_with_sizes(tensor, lengths, dimension);
        Tensor[] parts = new Tensor[lengths.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new Tensor(lent.get(i));
        }
        return parts;
    }

    /** The tensor for an optional argument; absent for null. */
    public static TensorOptional optional(@Nullable Tensor tensor) {
        return tensor == null ? new TensorOptional() : new TensorOptional(tensor);
    }

    /** A number as libtorch takes it. */
    public static Scalar number(double value) {
        return new Scalar(value);
    }

    private static void checkSize(int values, long[] shape) {
        long expected = 1;
        for (long size : shape) {
            expected = Math.multiplyExact(expected, size);
        }
        if (values != expected) {
            throw new IllegalArgumentException(values + " values do not fill the shape " + Arrays.toString(shape));
        }
    }
}
