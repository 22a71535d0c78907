package dev.assay.data.format;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Rows of JSON Lines and of JSON arrays, plain or gzipped, read one at a time so that a file need not fit into memory. */
final class JsonRows {
    private static final ObjectReader NODES = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readerFor(JsonNode.class);

    private JsonRows() {}

    /** Hands every row to the reader, in order; a row that is no JSON object is handed to {@code onBroken} by its place. */
    static void forEach(Path file, Consumer<Row> reader, Consumer<String> onBroken) {
        try (InputStream bytes = open(file)) {
            if (firstVisible(bytes) == '[') {
                array(file, bytes, reader, onBroken);
            } else {
                lines(file, bytes, reader, onBroken);
            }
        } catch (NoSuchFileException e) {
            throw new AssayException(ErrorKind.DATA, file + ": not there; check the path", e);
        } catch (IOException | UncheckedIOException e) {
            throw new AssayException(ErrorKind.DATA, file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        raw.mark(2);
        boolean zipped = raw.read() == 0x1f && raw.read() == 0x8b;
        raw.reset();
        return zipped ? new BufferedInputStream(new GZIPInputStream(raw, 1 << 16)) : raw;
    }

    private static int firstVisible(InputStream bytes) throws IOException {
        bytes.mark(4096);
        int next = bytes.read();
        while (next >= 0 && Character.isWhitespace(next)) {
            next = bytes.read();
        }
        bytes.reset();
        return next;
    }

    private static void lines(Path file, InputStream bytes, Consumer<Row> reader, Consumer<String> onBroken)
            throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                JsonNode json = NODES.readTree(line);
                accept(file, json, number, reader, onBroken);
            } catch (JacksonException e) {
                onBroken.accept(file + ":" + number + ": no valid JSON: " + e.getOriginalMessage());
            }
        }
    }

    private static void array(Path file, InputStream bytes, Consumer<Row> reader, Consumer<String> onBroken) {
        long number = 0;
        try (MappingIterator<JsonNode> items = NODES.readValues(bytes)) {
            for (Iterator<JsonNode> rows = items; rows.hasNext(); ) {
                number++;
                accept(file, rows.next(), number, reader, onBroken);
            }
        } catch (JacksonException e) {
            onBroken.accept(file + ":" + (number + 1) + ": no valid JSON: " + e.getOriginalMessage());
        }
    }

    private static void accept(Path file, JsonNode json, long number, Consumer<Row> reader, Consumer<String> onBroken) {
        if (json.isObject()) {
            reader.accept(new Row(json, file.toString(), number));
        } else {
            onBroken.accept(file + ":" + number + ": a row must be a JSON object, not " + Row.shown(json));
        }
    }
}
