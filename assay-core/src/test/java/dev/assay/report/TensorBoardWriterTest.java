package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardWriterTest {
    @TempDir
    Path folder;

    /** One event as read back. */
    private record Event(double seconds, long step, String version, Map<String, Float> scalars) {}

    @Test
    void scalars_come_back_with_step_time_and_name() throws IOException {
        try (TensorBoardWriter writer = TensorBoardWriter.create(folder, 1000.5)) {
            writer.scalars(1001, 1, Map.of("loss", 0.69));
            writer.scalars(1002, 300, Map.of("weight/hélpful", -1.5));
        }
        List<Event> events = read();
        assertThat(events.getFirst().version()).isEqualTo("brain.Event:2");
        assertThat(events.get(1)).isEqualTo(new Event(1001, 1, "", Map.of("loss", 0.69f)));
        assertThat(events.get(2)).isEqualTo(new Event(1002, 300, "", Map.of("weight/hélpful", -1.5f)));
    }

    @Test
    void a_resumed_run_adds_a_file_and_keeps_the_first() throws IOException {
        TensorBoardWriter.create(folder, 1000).close();
        TensorBoardWriter.create(folder, 2000).close();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    /** TensorBoard forgets what earlier files of the run tell of the steps from such an event on. */
    @Test
    void a_restart_is_marked_at_the_step_that_comes_again() throws IOException {
        try (TensorBoardWriter writer = TensorBoardWriter.create(folder, 1000)) {
            writer.restart(1001, 17);
        }
        assertThat(read().get(1)).isEqualTo(new Event(1001, 17, "session start", Map.of()));
    }

    @Test
    void the_checksum_is_the_one_of_the_format() {
        // "123456789" has the CRC-32C 0xe3069283 (RFC 3720); the mask is that of the TFRecord format.
        int crc = 0xe3069283;
        int masked = (crc >>> 15 | crc << 17) + 0xa282ead8;
        assertThat(TensorBoardWriter.maskedCrc("123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(masked);
    }

    private List<Event> read() throws IOException {
        List<Event> events = new ArrayList<>();
        Path file;
        try (Stream<Path> files = Files.list(folder)) {
            file = files.findFirst().orElseThrow();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            byte[] length = new byte[8];
            bytes.get(length);
            assertThat(bytes.getInt()).isEqualTo(TensorBoardWriter.maskedCrc(length));
            byte[] data = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            bytes.get(data);
            assertThat(bytes.getInt()).isEqualTo(TensorBoardWriter.maskedCrc(data));
            events.add(event(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN)));
        }
        return events;
    }

    private static Event event(ByteBuffer message) {
        double seconds = 0;
        long step = 0;
        String version = "";
        Map<String, Float> scalars = new LinkedHashMap<>();
        while (message.hasRemaining()) {
            switch ((int) varint(message)) {
                case 1 << 3 | 1 -> seconds = message.getDouble();
                case 2 << 3 -> step = varint(message);
                case 3 << 3 | 2 -> version = text(message);
                case 7 << 3 | 2 -> {
                    ByteBuffer session = slice(message);
                    assertThat(varint(session)).isEqualTo(1 << 3);
                    assertThat(varint(session)).as("SessionLog.START").isEqualTo(1);
                    version = "session start";
                }
                case 5 << 3 | 2 -> summary(slice(message), scalars);
                default -> throw new AssertionError("unknown field");
            }
        }
        return new Event(seconds, step, version, scalars);
    }

    private static void summary(ByteBuffer message, Map<String, Float> scalars) {
        while (message.hasRemaining()) {
            assertThat(varint(message)).isEqualTo(1 << 3 | 2);
            ByteBuffer value = slice(message);
            assertThat(varint(value)).isEqualTo(1 << 3 | 2);
            String name = text(value);
            assertThat(varint(value)).isEqualTo(2 << 3 | 5);
            scalars.put(name, value.getFloat());
        }
    }

    private static ByteBuffer slice(ByteBuffer message) {
        int length = (int) varint(message);
        ByteBuffer part = message.slice(message.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        message.position(message.position() + length);
        return part;
    }

    private static String text(ByteBuffer message) {
        return StandardCharsets.UTF_8.decode(slice(message)).toString();
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
