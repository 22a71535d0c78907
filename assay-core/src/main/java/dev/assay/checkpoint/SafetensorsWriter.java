package dev.assay.checkpoint;

import dev.assay.tensor.Precision;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.json.JsonMapper;

/** Writes named tensors as one safetensors file, all at once or not at all. */
public final class SafetensorsWriter {
    /** Bytes handed to the system at a time: a larger write makes some systems copy it all. */
    private static final long SLICE = 64L << 20;

    private static final int ALIGNMENT = 64;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SafetensorsWriter() {}

    /** Writes the tensors, each in its own precision. */
    public static void write(Path path, Map<String, Tensor> tensors, Map<String, String> metadata) {
        write(path, tensors, SafetensorsWriter::precision, metadata);
    }

    /** Writes the tensors cast to one precision, one after the other, so that no second copy of all exists. */
    public static void write(
            Path path, Map<String, Tensor> tensors, Precision precision, Map<String, String> metadata) {
        write(path, tensors, tensor -> precision, metadata);
    }

    private static void write(
            Path path,
            Map<String, Tensor> tensors,
            Function<Tensor, Precision> precision,
            Map<String, String> metadata) {
        byte[] header = header(tensors, precision, metadata);
        AtomicFile.write(path, channel -> {
            ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            fully(channel, length.putLong(0, header.length));
            fully(channel, ByteBuffer.wrap(header));
            for (Tensor tensor : tensors.values()) {
                try (TensorScope scope = TensorScope.open()) {
                    write(
                            channel,
                            tensor.detach().to(precision.apply(tensor).type()).contiguous());
                }
            }
        });
    }

    private static byte[] header(
            Map<String, Tensor> tensors, Function<Tensor, Precision> precision, Map<String, String> metadata) {
        Map<String, Object> lines = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            lines.put("__metadata__", metadata);
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Precision stored = precision.apply(entry.getValue());
            long end = offset + entry.getValue().numel() * stored.bytes();
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("dtype", stored.safetensorsName());
            line.put("shape", Tensors.shape(entry.getValue()));
            line.put("data_offsets", new long[] {offset, end});
            lines.put(entry.getKey(), line);
            offset = end;
        }
        byte[] json = JSON.writeValueAsString(lines).getBytes(StandardCharsets.UTF_8);
        int padded = Math.ceilDiv(json.length + Long.BYTES, ALIGNMENT) * ALIGNMENT - Long.BYTES;
        byte[] header = Arrays.copyOf(json, padded);
        Arrays.fill(header, json.length, padded, (byte) ' ');
        return header;
    }

    private static Precision precision(Tensor tensor) {
        for (Precision precision : Precision.values()) {
            if (precision.type() == Tensors.type(tensor)) {
                return precision;
            }
        }
        throw new IllegalArgumentException("tensors of type " + Tensors.type(tensor) + " are not written");
    }

    private static void write(FileChannel channel, Tensor tensor) throws IOException {
        long bytes = tensor.nbytes();
        if (bytes == 0) {
            return;
        }
        MemorySegment data =
                MemorySegment.ofAddress(tensor.data_ptr().address()).reinterpret(bytes);
        for (long begin = 0; begin < bytes; begin += SLICE) {
            fully(channel, data.asSlice(begin, Math.min(SLICE, bytes - begin)).asByteBuffer());
        }
    }

    private static void fully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
