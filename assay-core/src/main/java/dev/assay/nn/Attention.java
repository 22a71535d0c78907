package dev.assay.nn;

import dev.assay.tensor.Tensors;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Scaled dot-product attention with grouped keys and values (Ainslie et al. 2023): {@code softmax(q k^T / sqrt(head) +
 * mask) v}, where each key head serves H / G query heads. Two routes to one result, chosen by measured speed: the fused
 * kernel in fp32, explicit matrix products in bf16 on the CPU, where oneDNN is the faster.
 */
public final class Attention {
    private Attention() {}

    /**
     * @param qBQHC queries {@code [B,Q,H,head]}
     * @param kBTGC keys {@code [B,T,G,head]}, G dividing H
     * @param vBTGC values, as the keys
     * @return {@code [B,Q,H*head]}
     */
    public static Tensor attend(Tensor qBQHC, Tensor kBTGC, Tensor vBTGC, Visibility visibility) {
        Tensor q = qBQHC.transpose(1, 2);
        Tensor k = kBTGC.transpose(1, 2);
        Tensor v = vBTGC.transpose(1, 2);
        Tensor y = Tensors.type(q) == ScalarType.BFloat16 ? explicit(q, k, v, visibility) : fused(q, k, v, visibility);
        return y.transpose(1, 2).reshape(qBQHC.size(0), qBQHC.size(1), -1);
    }

    private static Tensor fused(Tensor q, Tensor k, Tensor v, Visibility visibility) {
        Tensor mask = visibility.maskBQT();
        boolean grouped = q.size(1) != k.size(1);
        return torch.scaled_dot_product_attention(
                q, k, v, Tensors.optional(mask), 0.0, mask == null, new DoubleOptional(), grouped);
    }

    /** The query heads of one key head are laid one after the other, so that keys are never copied for them. */
    private static Tensor explicit(Tensor q, Tensor k, Tensor v, Visibility visibility) {
        Tensor mask = visibility.maskBQT();
        if (mask == null) {
            throw new IllegalArgumentException("the explicit route needs a mask; see Visibility.causal");
        }
        long rows = q.size(0);
        long heads = q.size(1);
        long queries = q.size(2);
        long head = q.size(3);
        long keyHeads = k.size(1);
        long columns = k.size(2);
        long shared = heads / keyHeads;
        Tensor scaled = q.mul(Tensors.number(1 / Math.sqrt(head))).reshape(rows, keyHeads, shared * queries, head);
        Tensor scores = torch.matmul(scaled, k.transpose(2, 3)).view(rows, heads, queries, columns);
        Tensor weights = scores.add_(mask).softmax(-1);
        return torch.matmul(weights.view(rows, keyHeads, shared * queries, columns), v)
                .view(rows, heads, queries, head);
    }
}
