package dev.assay.checkpoint;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.tensor.LibTorch;
import dev.assay.tensor.Precision;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * A safetensors file mapped into memory: tensors point into the file, nothing is copied. The mapping is read-only, so
 * that a tensor from here must never be written in place (the process would die); what is trained is cloned first.
 * Close the tensors before the file.
 */
public final class SafetensorsFile implements AutoCloseable {
    private final Path path;
    private final SafetensorsHeader header;
    private final Arena arena;
    private final MemorySegment mapping;

    private SafetensorsFile(Path path, SafetensorsHeader header, Arena arena, MemorySegment mapping) {
        this.path = path;
        this.header = header;
        this.arena = arena;
        this.mapping = mapping;
    }

    /** Maps a file and checks its header against its size. */
    public static SafetensorsFile open(Path path) {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            SafetensorsHeader header = SafetensorsHeader.read(path, channel);
            MemorySegment mapping = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new SafetensorsFile(path, header, arena, mapping);
        } catch (IOException e) {
            arena.close();
            throw new AssayException(ErrorKind.CHECKPOINT, path + ": cannot be read: " + e.getMessage(), e);
        } catch (AssayException e) {
            arena.close();
            throw e;
        }
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    /** Names of all tensors, in the order of the header. */
    public Set<String> names() {
        return Collections.unmodifiableSet(header.tensors().keySet());
    }

    /** The free-form strings of the header. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** Sizes of a tensor. */
    public long[] shape(String name) {
        return entry(name).shape().clone();
    }

    /** The type of a tensor's elements; only floating point is read. */
    public Precision precision(String name) {
        TensorEntry entry = entry(name);
        Precision precision = entry.precision();
        if (precision == null) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT,
                    path + ": " + name + " has type " + entry.type() + "; weights of type F32, BF16 and F16 are read");
        }
        return precision;
    }

    /** A tensor that points into the file: read-only, alive until this is closed. */
    public Tensor tensor(String name) {
        LibTorch.ready();
        TensorEntry entry = entry(name);
        Address start = new Address(mapping.address() + header.dataStart() + entry.begin());
        return torch.from_blob(
                start, entry.shape(), new TensorOptions(precision(name).type()));
    }

    private TensorEntry entry(String name) {
        TensorEntry entry = header.tensors().get(name);
        if (entry == null) {
            throw new IllegalArgumentException(path + " has no tensor named " + name);
        }
        return entry;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    private static final class Address extends Pointer {
        Address(long address) {
            this.address = address;
        }
    }
}
