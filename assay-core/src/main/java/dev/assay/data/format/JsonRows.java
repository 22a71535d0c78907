package dev.assay.data.format;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.Origin;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows of JSON Lines and of JSON arrays, plain or gzipped, read one at a time so that a file need not fit into memory. */
final class JsonRows {
    private static final JsonMapper LINES = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    /** Behind an item of an array comes the next one. */
    private static final JsonMapper ITEMS = LINES.rebuild()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

    private JsonRows() {}

    /** Hands every row to the reader, in order; a row that is no JSON object is handed to {@code onBroken} by its place. */
    static void forEach(Path file, Consumer<Row> reader, Consumer<String> onBroken) {
        try (InputStream bytes = FileRows.open(file)) {
            if (firstVisible(bytes) == '[') {
                array(file, bytes, reader, onBroken);
            } else {
                lines(file, bytes, reader, onBroken);
            }
        } catch (NoSuchFileException e) {
            throw new AssayException(ErrorKind.DATA, file + ": not there; check the path", e);
        } catch (IOException | UncheckedIOException e) {
            throw new AssayException(ErrorKind.DATA, JsonFault.in(file, e), e);
        }
    }

    /** The first byte that is no white space and no byte order mark. */
    private static int firstVisible(InputStream bytes) throws IOException {
        bytes.mark(4096);
        int next = bytes.read();
        if (next == BYTE_ORDER_MARK[0]) {
            next = bytes.read() == BYTE_ORDER_MARK[1] && bytes.read() == BYTE_ORDER_MARK[2] ? bytes.read() : next;
        }
        while (next >= 0 && Character.isWhitespace(next)) {
            next = bytes.read();
        }
        bytes.reset();
        return next;
    }

    private static void lines(Path file, InputStream bytes, Consumer<Row> reader, Consumer<String> onBroken)
            throws IOException {
        Utf8Lines lines = new Utf8Lines(bytes);
        try {
            for (Utf8Lines.Line line = lines.next(); line != null; line = lines.next()) {
                line(file, line, reader, onBroken);
            }
        } catch (EOFException | ZipException e) {
            onBroken.accept(Origin.place(file.toString(), lines.number() + 1) + ": " + JsonFault.of(e));
        }
    }

    private static void line(Path file, Utf8Lines.Line line, Consumer<Row> reader, Consumer<String> onBroken) {
        String place = Origin.place(file.toString(), line.number()) + ": ";
        String text = line.text();
        if (text == null) {
            onBroken.accept(place + JsonFault.NOT_UTF8);
        } else if (!text.isBlank()) {
            JsonNode json;
            try {
                json = LINES.readTree(text);
            } catch (JacksonException e) {
                onBroken.accept(place + JsonFault.ofLine(e));
                return;
            }
            accept(file, json, line.number(), reader, onBroken);
        }
    }

    private static void array(Path file, InputStream bytes, Consumer<Row> reader, Consumer<String> onBroken) {
        try (JsonParser parser = ITEMS.createParser(bytes)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                long line = parser.currentTokenLocation().getLineNr();
                accept(file, ITEMS.readTree(parser), line, reader, onBroken);
            }
            requireEnd(file, parser, onBroken);
        } catch (JacksonException e) {
            onBroken.accept(JsonFault.inList(file, e));
        }
    }

    private static void requireEnd(Path file, JsonParser parser, Consumer<String> onBroken) {
        long line = parser.currentTokenLocation().getLineNr();
        boolean ended;
        try {
            ended = parser.nextToken() == null;
        } catch (StreamReadException e) {
            ended = false;
        }
        if (!ended) {
            onBroken.accept(Origin.place(file.toString(), line)
                    + ": there is text behind the ] that closes the list; delete it, or move its rows into the list");
        }
    }

    private static void accept(Path file, JsonNode json, long line, Consumer<Row> reader, Consumer<String> onBroken) {
        if (json.isObject()) {
            reader.accept(new Row(json, file.toString(), line));
        } else {
            onBroken.accept(
                    Origin.place(file.toString(), line) + ": a row must be a JSON object, not " + Row.shown(json));
        }
    }
}
