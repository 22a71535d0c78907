package dev.assay.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Leaf tensors under their checkpoint names, in order. Each one is retained here until {@link #close}; two collections
 * may hold the same tensor, which lives until both are closed.
 */
public final class Parameters implements AutoCloseable {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final List<Runnable> storages = new ArrayList<>();

    /** Adds a tensor under a new name and keeps it alive. */
    public void put(String name, Tensor tensor) {
        if (tensors.containsKey(name)) {
            throw new IllegalArgumentException("two parameters named " + name);
        }
        tensor.retainReference();
        tensors.put(name, tensor);
    }

    /** Adds all tensors of another collection, which keeps its own hold on them. */
    public void putAll(Parameters others) {
        others.tensors.forEach(this::put);
    }

    /** Releases a storage the tensors point into, such as a mapped file, after the tensors themselves. */
    public void closeAfter(Runnable storage) {
        storages.add(storage);
    }

    /** The tensor of that name, which must exist. */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no parameter named " + name);
        }
        return tensor;
    }

    /** The tensor of that name, or null. */
    public @Nullable Tensor find(String name) {
        return tensors.get(name);
    }

    /** Names in order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    /** Name to tensor, in order. */
    public Map<String, Tensor> view() {
        return Collections.unmodifiableMap(tensors);
    }

    /** Numbers over all tensors. */
    public long elements() {
        return tensors.values().stream().mapToLong(Tensor::numel).sum();
    }

    /** Lets gradients flow into all tensors, or into none. */
    public void trainable(boolean trainable) {
        tensors.values().forEach(tensor -> tensor.set_requires_grad(trainable));
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
        tensors.clear();
        storages.forEach(Runnable::run);
        storages.clear();
    }
}
