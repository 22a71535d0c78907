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
 * list; deleted messages, those without a rank, and those whose parent is not in the file ({@link TornTrees}) are left out.
 */
final class Oasst {
    private Oasst() {}

    static Role role(Row row) {
        return Role.parse(row.text("role"))
                .orElseThrow(() -> new BadRow("role must be prompter or assistant, not " + row.optionalText("role")));
    }

    /** Whether a row is an answer that annotators have ranked beside its siblings. */
    static boolean isRankedAnswer(Row row) {
        return row.has("rank")
                && !row.flag("deleted")
                && Role.parse(String.valueOf(row.optionalText("role")))
                        .filter(Role.ASSISTANT::equals)
                        .isPresent();
    }

    /** An answer with its rank, and the row it stands in. */
    private record Answer(Row row, Conversation text, int rank) {}

    /** Lists of at least two ranked siblings, in the order of their first message; broken rows go to {@code broken}. */
    static List<RankedResponses> lists(List<Row> rows, String source, Broken broken) {
        Map<String, Row> byId = new LinkedHashMap<>();
        for (Row row : rows) {
            broken.guard(row, () -> {
                byId.put(row.text("message_id"), row);
                role(row);
            });
        }
        Map<String, List<Answer>> siblings = new LinkedHashMap<>();
        for (Row row : rows) {
            String parent = row.optionalText("parent_id");
            if (isRankedAnswer(row) && parent != null && byId.containsKey(parent)) {
                List<Answer> beside = siblings.computeIfAbsent(parent, id -> new ArrayList<>());
                broken.guard(row, () -> beside.add(answer(row)));
            }
        }
        List<RankedResponses> lists = new ArrayList<>();
        siblings.forEach((parent, answers) -> {
            Row question = byId.get(parent);
            if (answers.size() > 1 && question != null) {
                broken.guard(answers.getFirst().row(), () -> lists.add(list(question, answers, byId, source)));
            }
        });
        return lists;
    }

    private static Answer answer(Row row) {
        return new Answer(
                row,
                Conversation.of(Message.assistant(row.text("text"))),
                Row.integer(row.json().path("rank"), "rank"));
    }

    private static RankedResponses list(Row question, List<Answer> answers, Map<String, Row> byId, String source) {
        return new RankedResponses(
                RankedFormats.path(question, byId),
                answers.stream().map(Answer::text).toList(),
                answers.stream().map(Answer::rank).toList(),
                answers.getFirst().row().origin(source));
    }
}
