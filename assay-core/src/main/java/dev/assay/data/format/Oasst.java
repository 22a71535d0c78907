package dev.assay.data.format;

import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.RankedResponses;
import dev.assay.data.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * OASST1: messages that form trees. The answers to one prompter message that carry a rank (0 is best) make one ranked
 * list; deleted messages and those without a rank are left out.
 */
final class Oasst {
    private Oasst() {}

    static Role role(Row row) {
        return Role.parse(row.text("role"))
                .orElseThrow(() -> new BadRow("role must be prompter or assistant, not " + row.optionalText("role")));
    }

    /** Lists of at least two ranked siblings, in the order of their first message; broken rows go to {@code broken}. */
    static List<RankedResponses> lists(List<Row> rows, String source, Broken broken) {
        Map<String, Row> byId = new LinkedHashMap<>();
        rows.forEach(row -> byId.put(row.text("message_id"), row));
        Map<String, List<Row>> siblings = new LinkedHashMap<>();
        for (Row row : rows) {
            String parent = row.optionalText("parent_id");
            boolean ranked = row.has("rank") && !row.json().path("deleted").asBoolean(false);
            if (parent != null && ranked && byId.containsKey(parent) && role(row) == Role.ASSISTANT) {
                siblings.computeIfAbsent(parent, id -> new ArrayList<>()).add(row);
            }
        }
        List<RankedResponses> lists = new ArrayList<>();
        siblings.forEach((parent, answers) -> {
            Row question = byId.get(parent);
            if (answers.size() > 1 && question != null) {
                broken.guard(answers.getFirst(), () -> lists.add(list(question, answers, byId, source)));
            }
        });
        return lists;
    }

    private static RankedResponses list(Row question, List<Row> answers, Map<String, Row> byId, String source) {
        return new RankedResponses(
                RankedFormats.path(question, byId),
                answers.stream()
                        .map(answer -> Conversation.of(Message.assistant(answer.text("text"))))
                        .toList(),
                answers.stream().map(answer -> (int) answer.number("rank")).toList(),
                answers.getFirst().origin(source));
    }
}
