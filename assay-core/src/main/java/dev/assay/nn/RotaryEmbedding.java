package dev.assay.nn;

import dev.assay.tensor.Precision;
import dev.assay.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Rotary position embedding (Su et al. 2021, equation 34) in the half-split layout of the public checkpoints: number i of
 * a head turns with number i + width/2. Numbers beyond {@code width} pass unchanged.
 *
 * @param theta base of the frequencies
 * @param width numbers of each head that turn; even
 * @param scaling stretches the frequencies
 */
public record RotaryEmbedding(double theta, int width, RopeScaling scaling) {
    public RotaryEmbedding {
        if (width < 2 || width % 2 != 0) {
            throw new IllegalArgumentException("rotary width " + width + " is not a positive even number");
        }
    }

    /** The angles of a batch; computed once and used by all layers. */
    public record Angles(Tensor cosBT1R, Tensor sinBT1R) {
        /** The angles of some columns of each row: {@code [B,P]} of column indices. */
        public Angles at(Tensor columnsBP) {
            return new Angles(pick(cosBT1R, columnsBP), pick(sinBT1R, columnsBP));
        }

        private static Tensor pick(Tensor angles, Tensor columnsBP) {
            long half = angles.size(3);
            Tensor index = columnsBP
                    .reshape(columnsBP.size(0), columnsBP.size(1), 1, 1)
                    .expand(columnsBP.size(0), columnsBP.size(1), 1, half);
            return angles.gather(1, index);
        }
    }

    /** Cosine and sine {@code [B,T,1,width/2]} for positions {@code [B][T]}. */
    public Angles angles(int[][] positions, Precision precision) {
        int half = width / 2;
        float[] frequencies = new float[half];
        for (int i = 0; i < half; i++) {
            frequencies[i] = (float) scaling.scale(1 / Math.pow(theta, 2.0 * i / width));
        }
        int columns = positions.length == 0 ? 0 : positions[0].length;
        float[] flat = new float[positions.length * columns];
        for (int r = 0; r < positions.length; r++) {
            for (int c = 0; c < columns; c++) {
                flat[r * columns + c] = positions[r][c];
            }
        }
        Tensor turns =
                Tensors.floats(flat, positions.length, columns, 1, 1).mul(Tensors.floats(frequencies, 1, 1, 1, half));
        return new Angles(turns.cos().to(precision.type()), turns.sin().to(precision.type()));
    }

    /** Turns queries or keys {@code [B,T,H,head]} by their positions. */
    public Tensor rotate(Tensor xBTHC, Angles angles) {
        int half = width / 2;
        Tensor first = xBTHC.narrow(3, 0, half);
        Tensor second = xBTHC.narrow(3, half, half);
        Tensor cos = angles.cosBT1R();
        Tensor sin = angles.sinBT1R();
        Tensor turnedFirst = first.mul(cos).addcmul(second, sin, Tensors.number(-1));
        Tensor turnedSecond = second.mul(cos).addcmul(first, sin, Tensors.number(1));
        long head = xBTHC.size(3);
        List<Tensor> parts = head == width
                ? List.of(turnedFirst, turnedSecond)
                : List.of(turnedFirst, turnedSecond, xBTHC.narrow(3, width, head - width));
        return torch.cat(new TensorVector(parts.toArray(Tensor[]::new)), 3);
    }
}
