package dev.assay.report;

import dev.assay.AssayException;
import dev.assay.WriteFailure;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes scalars as TensorBoard reads them: protocol-buffer events (only the fields a scalar needs) in TFRecord framing,
 * which is length, masked CRC-32C of the length, data, masked CRC-32C of the data, all little-endian.
 */
public final class TensorBoardWriter implements AutoCloseable {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;
    private static final int SESSION_LOG = 7;
    private static final int SESSION_START = 1;

    private final Path file;
    private final OutputStream out;

    private TensorBoardWriter(Path file) {
        this.file = file;
        try {
            this.out = new BufferedOutputStream(
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private AssayException cannotWrite(IOException e) {
        return WriteFailure.of(file, e, "checkpoints from before are whole: make room, then go on with --resume");
    }

    /**
     * Begins a new events file; several in one folder are one run, so a resumed run adds another.
     *
     * @param folder the run folder
     * @param seconds wall time since 1970, which orders the files
     */
    public static TensorBoardWriter create(Path folder, double seconds) {
        Path file = folder.resolve("events.out.tfevents." + (long) (seconds * 1000) + ".assay");
        TensorBoardWriter writer = new TensorBoardWriter(file);
        writer.record(new Message().fixed64(1, Double.doubleToLongBits(seconds)).text(3, "brain.Event:2"));
        return writer;
    }

    /** Says that steps begin again at this one: what earlier files tell of it and of later ones is no longer shown. */
    public void restart(double seconds, long step) {
        record(new Message()
                .fixed64(1, Double.doubleToLongBits(seconds))
                .varint(2, step)
                .message(SESSION_LOG, new Message().varint(1, SESSION_START)));
    }

    /** Writes the values of one step by name, such as {@code loss} or {@code weight/helpful}. */
    public void scalars(double seconds, long step, Map<String, Double> values) {
        Message summary = new Message();
        values.forEach((name, value) ->
                summary.message(1, new Message().text(1, name).fixed32(2, Float.floatToIntBits(value.floatValue()))));
        record(new Message()
                .fixed64(1, Double.doubleToLongBits(seconds))
                .varint(2, step)
                .message(5, summary));
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private void record(Message message) {
        byte[] data = message.bytes.toByteArray();
        byte[] length = little(8).putLong(data.length).array();
        try {
            out.write(length);
            out.write(little(4).putInt(maskedCrc(length)).array());
            out.write(data);
            out.write(little(4).putInt(maskedCrc(data)).array());
            out.flush();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** CRC-32C rotated right by 15 bits plus a constant, since a checksum of data that holds checksums is weak. */
    static int maskedCrc(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        int value = (int) crc.getValue();
        return Integer.rotateRight(value, 15) + 0xa282ead8;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** One protocol-buffer message under construction. */
    private static final class Message {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Message varint(int field, long value) {
            tag(field, VARINT);
            varint(value);
            return this;
        }

        Message fixed64(int field, long bits) {
            tag(field, FIXED64);
            bytes.writeBytes(little(8).putLong(bits).array());
            return this;
        }

        Message fixed32(int field, int bits) {
            tag(field, FIXED32);
            bytes.writeBytes(little(4).putInt(bits).array());
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.bytes.toByteArray());
        }

        private Message bytes(int field, byte[] value) {
            tag(field, BYTES);
            varint(value.length);
            bytes.writeBytes(value);
            return this;
        }

        private void tag(int field, int wireType) {
            varint((long) field << 3 | wireType);
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                bytes.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
        }
    }
}
