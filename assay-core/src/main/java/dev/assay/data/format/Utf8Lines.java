package dev.assay.data.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a UTF-8 text, each decoded by itself: bytes that are no UTF-8 spoil their own line and no other, and are
 * never replaced in silence. Lines end as for {@link java.io.BufferedReader}; a byte order mark is left out.
 */
public final class Utf8Lines implements AutoCloseable {
    private final InputStream bytes;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private boolean afterReturn;
    private long number;

    /** Lines of these bytes, which are closed with them. */
    public Utf8Lines(InputStream bytes) {
        this.bytes = bytes;
    }

    /** Lines of a file, which is unzipped where it is gzipped. */
    public static Utf8Lines open(Path file) throws IOException {
        return new Utf8Lines(FileRows.open(file));
    }

    /**
     * One line.
     *
     * @param number from 1
     * @param text without its end; null where the bytes are no UTF-8
     */
    public record Line(long number, @Nullable String text) {}

    /** The next line; null at the end. */
    public @Nullable Line next() throws IOException {
        skipLineFeed();
        if (position == limit && !fill()) {
            return null;
        }
        skipLineFeed();
        if (position == limit && !fill()) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        do {
            int end = position;
            while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
                end++;
            }
            line.write(buffer, position, end - position);
            position = Math.min(end + 1, limit);
            afterReturn = end < limit && buffer[end] == '\r';
            if (end < limit) {
                break;
            }
        } while (fill());
        number++;
        return new Line(number, decoded(line.toByteArray()));
    }

    /** Whether bytes are there that can be read without waiting. */
    public boolean ready() throws IOException {
        skipLineFeed();
        return position < limit || bytes.available() > 0;
    }

    /** How many lines were read. */
    public long number() {
        return number;
    }

    private void skipLineFeed() {
        if (afterReturn && position < limit) {
            afterReturn = false;
            position += buffer[position] == '\n' ? 1 : 0;
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, bytes.read(buffer));
        return limit > 0;
    }

    private @Nullable String decoded(byte[] line) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
