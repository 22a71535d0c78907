package dev.assay.checkpoint;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Objects as the JSON that people read in a model folder: indented, keys in the order given. */
final class JsonText {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonText() {}

    static JsonNode read(String text) {
        return JSON.readTree(text);
    }

    static String pretty(Object value) {
        return JSON.writeValueAsString(value) + "\n";
    }
}
