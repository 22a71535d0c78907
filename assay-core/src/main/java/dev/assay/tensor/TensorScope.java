package dev.assay.tensor;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Frees every tensor made on this thread while it was open, when it closes. Scopes nest: run, stage, step, block. Without
 * one, native memory grows without bound, since the collector sees only the tiny Java objects.
 *
 * <p>Confined to the thread that opened it; a worker opens its own.
 */
public final class TensorScope implements AutoCloseable {
    private final PointerScope scope;

    private TensorScope() {
        LibTorch.ready();
        this.scope = new PointerScope();
    }

    /** Opens a scope on this thread. */
    public static TensorScope open() {
        return new TensorScope();
    }

    /** Lets a tensor outlive every scope; its new owner closes it. */
    public <P extends Pointer> P keep(P pointer) {
        pointer.retainReference();
        return pointer;
    }

    /** Moves a tensor made in an inner scope to this one, before the inner scope closes. */
    public <P extends Pointer> P adopt(P pointer) {
        scope.attach(pointer);
        return pointer;
    }

    @Override
    public void close() {
        scope.close();
    }
}
