package dev.assay.app;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.Conversation;
import dev.assay.data.format.JsonFault;
import dev.assay.data.format.Utf8Lines;
import dev.assay.network.ModelExport;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The input of {@code assay explain}: conversations and pairs, one a line. */
final class ExplainedLines {
    private ExplainedLines() {}

    /**
     * A line.
     *
     * @param name its id, or its place
     * @param id what the line calls itself; null where it has none
     * @param conversations one, or the chosen and the rejected one
     */
    record Item(String name, @Nullable JsonNode id, List<Conversation> conversations) {}

    /** What is explained where nothing is given. */
    static List<Item> sample() {
        return List.of(new Item("a sample", null, List.of(ModelExport.SAMPLES.getFirst())));
    }

    /** All lines of a file, or of standard input for {@code -}. */
    static List<Item> read(String input) {
        List<Item> items = new ArrayList<>();
        try (Utf8Lines lines = input.equals("-") ? new Utf8Lines(System.in) : Utf8Lines.open(Path.of(input))) {
            for (Utf8Lines.Line line = lines.next(); line != null; line = lines.next()) {
                if (line.text() == null || !line.text().isBlank()) {
                    String place = (input.equals("-") ? "standard input" : input) + ":" + line.number();
                    items.add(parse(line.text(), place));
                }
            }
        } catch (EOFException | ZipException e) {
            throw new AssayException(ErrorKind.INPUT, JsonFault.in(Path.of(input), e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (items.isEmpty()) {
            throw new AssayException(ErrorKind.INPUT, input + " has no line to explain");
        }
        return items;
    }

    private static Item parse(@Nullable String line, String place) {
        JsonNode json = ConversationLines.tree(line, place);
        boolean pair = json instanceof ObjectNode && json.has("chosen") && json.has("rejected") && json.has("prompt");
        List<Conversation> conversations = pair
                ? List.of(answer((ObjectNode) json, "chosen", place), answer((ObjectNode) json, "rejected", place))
                : List.of(ConversationLines.parse(json, place).conversation());
        JsonNode id = json.get("id");
        return new Item(id == null ? place : id.asString(), id, conversations);
    }

    private static Conversation answer(ObjectNode pair, String key, String place) {
        ObjectNode one = pair.objectNode();
        one.set("prompt", pair.get("prompt"));
        one.set("response", pair.get(key));
        return ConversationLines.parse(one, place).conversation();
    }
}
