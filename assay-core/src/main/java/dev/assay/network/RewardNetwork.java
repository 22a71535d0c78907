package dev.assay.network;

import dev.assay.backbone.Backbone;
import dev.assay.head.ScalarHead;
import dev.assay.nn.Parameters;
import dev.assay.tensor.TensorScope;
import dev.assay.tokenization.PackedBatch;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * A decoder with a scalar head: packed batch to pooled states to rewards. Owns both. Tensors it returns belong to the
 * scope of the caller.
 */
public final class RewardNetwork implements AutoCloseable {
    private final Backbone backbone;
    private final ScalarHead head;
    private final Parameters trainable = new Parameters();

    /** Takes both over. What is trainable is decided by the tensors themselves, at this moment. */
    public RewardNetwork(Backbone backbone, ScalarHead head) {
        this.backbone = backbone;
        this.head = head;
        collect(backbone.parameters());
        collect(head.parameters());
    }

    private void collect(Parameters parameters) {
        parameters.view().forEach((name, tensor) -> {
            if (tensor.requires_grad()) {
                trainable.put(name, tensor);
            }
        });
    }

    /** The decoder. */
    public Backbone backbone() {
        return backbone;
    }

    /** The head. */
    public ScalarHead head() {
        return head;
    }

    /** What an optimizer updates, under checkpoint names. */
    public Parameters trainable() {
        return trainable;
    }

    /** The state each reward is read from, {@code [N,D]} in fp32, differentiable. */
    public Tensor pool(PackedBatch batch) {
        return backbone.pooled(batch);
    }

    /** Pooled states {@code [N,D]} to rewards {@code [N]} in fp32. */
    public Tensor rewards(Tensor pooledND) {
        return head.rewards(pooledND);
    }

    /**
     * Runs the batch forward, asks for a loss, and adds its gradients to those of {@link #trainable}.
     *
     * @param lossOfPooled pooled states {@code [N,D]} to a loss without dimensions; runs inside a scope that ends with
     *     this call
     */
    public void backward(PackedBatch batch, Function<Tensor, Tensor> lossOfPooled) {
        try (TensorScope scope = TensorScope.open()) {
            lossOfPooled.apply(pool(batch)).backward();
        }
    }

    @Override
    public void close() {
        trainable.close();
        head.close();
        backbone.close();
    }
}
