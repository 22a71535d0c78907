package dev.assay.data.format;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.PreferencePair;
import dev.assay.data.Role;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Pairs of bare answers whose prompt stands in columns of other names than {@code prompt}. */
final class AskedPairs {
    /** How public sets name what was asked; those that a format reads are among them, for rows it does not fit. */
    private static final List<String> ASKING = List.of(
            "question",
            "instruction",
            "input",
            "query",
            "context",
            "problem",
            "history",
            "dialogue",
            "messages",
            "conversation",
            "conversations",
            "user",
            "text",
            "post",
            "document",
            "article");

    private AskedPairs() {}

    /** Whether both answers begin with what the assistant says: a text that is no transcript, or its message. */
    static boolean isAnswersAlone(Row row) {
        return isAnswer(row.json().path("chosen")) && isAnswer(row.json().path("rejected"));
    }

    private static boolean isAnswer(JsonNode value) {
        if (value.isString()) {
            return Transcripts.parse(value.asString()).isEmpty();
        }
        JsonNode first = value.isArray() ? value.path(0) : value;
        String role = first.path("role").asString(first.path("from").asString(""));
        return Role.parse(role).filter(Role.ASSISTANT::equals).isPresent();
    }

    /** Answers alone beside a column that asks: read without it, every pair would silently lose its prompt. */
    static void requireNoOtherPrompt(Row row) {
        List<String> asking = ASKING.stream()
                .filter(column -> row.json().path(column).isString()
                        || row.json().path(column).isArray())
                .toList();
        if (!asking.isEmpty() && isAnswersAlone(row)) {
            throw new AssayException(
                    ErrorKind.DATA,
                    row.place() + ": chosen and rejected hold answers alone, and what they answer seems to stand in "
                            + String.join(" and ", asking) + ", which no format reads as a prompt; rename the column to"
                            + " prompt, or name the format implicit to learn from answers without a prompt");
        }
    }

    static PreferencePair question(Row row, String source) {
        return pair(row, List.of(), row.text("question"), source);
    }

    /** Instruction and input make one message, a line break between them, as LLaMA-Factory reads them. */
    static PreferencePair alpaca(Row row, String source) {
        String input = row.has("input") ? row.text("input") : "";
        String instruction = row.text("instruction");
        return pair(row, history(row), input.isEmpty() ? instruction : instruction + "\n" + input, source);
    }

    /** Earlier turns, each what was asked and what was answered. */
    private static List<Message> history(Row row) {
        List<Message> turns = new ArrayList<>();
        for (JsonNode turn : row.json().path("history")) {
            if (turn.size() != 2 || !turn.path(0).isString() || !turn.path(1).isString()) {
                throw new BadRow("history must hold pairs of texts, [asked, answered], not " + Row.shown(turn));
            }
            turns.add(Message.user(turn.path(0).asString()));
            turns.add(Message.assistant(turn.path(1).asString()));
        }
        return turns;
    }

    private static PreferencePair pair(Row row, List<Message> history, String asked, String source) {
        String system = row.has("system") ? row.text("system") : "";
        List<Message> prompt = new ArrayList<>();
        if (!system.isEmpty()) {
            prompt.add(Message.system(system));
        }
        prompt.addAll(history);
        prompt.add(Message.user(asked));
        return PairFormats.withPrompt(new Conversation(prompt), row, source);
    }
}
