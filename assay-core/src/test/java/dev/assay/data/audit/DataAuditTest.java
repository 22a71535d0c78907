package dev.assay.data.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.Origin;
import dev.assay.data.PreferencePair;
import dev.assay.data.PreferenceSource;
import dev.assay.data.Strength;
import dev.assay.data.format.PreferenceReaders;
import dev.assay.data.format.RowFaults;
import dev.assay.data.format.TornTrees;
import dev.assay.testing.SharedAssets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataAuditTest {
    private static final String LONG =
            "the roof is mended with tiles that are laid from the edge to the ridge and ".repeat(4);

    private final List<PreferencePair> pairs = new ArrayList<>();

    private void pair(String prompt, String chosen, String rejected) {
        pairs.add(PreferencePair.of(
                Conversation.of(Message.user(prompt)), chosen, rejected, Origin.of("s", "f.jsonl", pairs.size() + 1)));
    }

    private Map<Check, Finding> audit() {
        PreferenceSource source = new PreferenceSource("s", pairs);
        return byCheck(DataAudit.ofTraining(source, RowFaults.NONE, TrainingRows.of(List.of(source))));
    }

    private static Map<Check, Finding> byCheck(List<Finding> findings) {
        return findings.stream().collect(Collectors.toMap(Finding::check, Function.identity()));
    }

    private static Finding one(Map<Check, Finding> found, Check check) {
        return Objects.requireNonNull(found.get(check));
    }

    @Test
    void clean_pairs_have_no_findings_but_every_check_is_answered() {
        pair("why?", "Because it is so.", "No, that is not so at all.");
        pair("how?", "Slowly and with care.", "No.");
        Map<Check, Finding> found = audit();
        EnumSet<Check> expected = EnumSet.allOf(Check.class);
        expected.removeAll(List.of(Check.SHARED_PROMPT, Check.NEAR_SHARED_PROMPT));
        assertThat(found.keySet()).isEqualTo(expected);
        found.values().stream()
                .filter(finding -> finding.check() != Check.LENGTH)
                .forEach(finding ->
                        assertThat(finding.count()).as(finding.toString()).isZero());
        assertThat(one(found, Check.LENGTH).count()).isEqualTo(1);
        assertThat(one(found, Check.LENGTH).rows()).isEqualTo(2);
    }

    @Test
    void each_fault_is_counted_with_its_place() {
        pair("a", "Same text.", "Same text. ");
        pair("b", "Yes.", "No.");
        pair("b", "No.", "Yes.");
        pair("c", "", "No.");
        pair("d", LONG, "No.");
        pair("b", "Yes.", "No.");
        pairs.add(new PreferencePair(
                Conversation.of(Message.user("e")),
                Conversation.of(Message.assistant("One.")),
                Conversation.of(Message.assistant("Two.")),
                Strength.TIE,
                Origin.of("s", "f.jsonl", 7)));
        Map<Check, Finding> found = audit();
        assertThat(one(found, Check.IDENTICAL).examples()).containsExactly("f.jsonl:1");
        assertThat(one(found, Check.CONTRADICTION).examples()).containsExactly("f.jsonl:3", "f.jsonl:6");
        assertThat(one(found, Check.EMPTY).examples()).containsExactly("f.jsonl:4");
        assertThat(one(found, Check.CUT).examples()).containsExactly("f.jsonl:5");
        assertThat(one(found, Check.DUPLICATE).examples()).containsExactly("f.jsonl:6");
        assertThat(one(found, Check.TIE).examples()).containsExactly("f.jsonl:7");
    }

    @Test
    void pairs_without_a_prompt_and_answers_that_begin_or_end_with_another_s_turn_are_counted() {
        pairs.add(PreferencePair.of(
                new Conversation(List.of()), "Because it is so.", "No.", Origin.of("s", "f.jsonl", 1)));
        pair("how?", "Slowly and with care.", "No.");
        Conversation plain = Conversation.of(Message.assistant("Never."));
        List<Conversation> odd = List.of(
                Conversation.of(Message.user("when?"), Message.assistant("Now.")),
                Conversation.of(Message.assistant("Now."), Message.user("Thanks!")));
        for (Conversation answer : odd) {
            pairs.add(new PreferencePair(
                    Conversation.of(Message.user("when?")),
                    plain,
                    answer,
                    Strength.HARD,
                    Origin.of("s", "f.jsonl", pairs.size() + 1)));
        }
        Map<Check, Finding> found = audit();
        assertThat(one(found, Check.NO_PROMPT).examples()).containsExactly("f.jsonl:1");
        assertThat(one(found, Check.NO_PROMPT).rows()).isEqualTo(4);
        assertThat(one(found, Check.LEADING_TURN).examples()).containsExactly("f.jsonl:3");
        assertThat(one(found, Check.UNANSWERED).examples()).containsExactly("f.jsonl:4");
    }

    @Test
    void answers_of_torn_trees_are_counted_among_the_ranked_answers_of_the_file() {
        pair("how?", "Slowly and with care.", "No.");
        PreferenceSource source = new PreferenceSource("s", pairs);
        List<Origin> lost = IntStream.range(1, 4)
                .mapToObj(line -> Origin.of("s", "f.jsonl", line))
                .toList();
        RowFaults faults = new RowFaults(List.of(), List.of(), new TornTrees(lost, lost.subList(0, 1), 9));
        Map<Check, Finding> found = byCheck(DataAudit.ofTraining(source, faults, TrainingRows.of(List.of(source))));
        assertThat(one(found, Check.ORPHAN))
                .isEqualTo(new Finding(Check.ORPHAN, "s", 3, 9, List.of("f.jsonl:1", "f.jsonl:2", "f.jsonl:3")));
        assertThat(one(found, Check.ROOTLESS).count()).isEqualTo(1);
    }

    @Test
    void test_rows_whose_prompts_are_trained_on_are_found_and_nearly_equal_ones_too() {
        pair("Who  mended it?", "She did.", "He did.");
        pair(LONG, "Yes.", "No.");
        TrainingRows training = TrainingRows.of(List.of(new PreferenceSource("train", List.copyOf(pairs))));
        pairs.clear();
        pair("who mended it?", "One.", "Two.");
        pair(LONG + "today", "One.", "Two.");
        pair("who broke it?", "One.", "Two.");
        Map<Check, Finding> found =
                byCheck(DataAudit.ofTest(new PreferenceSource("test", pairs), RowFaults.NONE, training));
        assertThat(one(found, Check.SHARED_PROMPT).examples()).containsExactly("f.jsonl:1");
        assertThat(one(found, Check.SHARED_PROMPT).rows()).isEqualTo(3);
        assertThat(one(found, Check.NEAR_SHARED_PROMPT).examples()).containsExactly("f.jsonl:2");
    }

    @Test
    void sources_that_prefer_the_other_of_the_same_answers_are_in_conflict() {
        pair("b", "Yes.", "No.");
        PreferenceSource first = new PreferenceSource("first", List.copyOf(pairs));
        pairs.clear();
        pair("b", "No.", "Yes.");
        pair("b", "No.", "Perhaps.");
        PreferenceSource second = new PreferenceSource("second", pairs);
        TrainingRows training = TrainingRows.of(List.of(first, second));
        Map<Check, Finding> found = byCheck(DataAudit.ofTraining(second, RowFaults.NONE, training));
        assertThat(one(found, Check.CONFLICT).examples()).containsExactly("f.jsonl:1");
        assertThat(one(found, Check.CONTRADICTION).count()).isZero();
    }

    @Test
    void near_duplicates_are_found_in_scripts_without_spaces_and_copies_do_not_pile_up() {
        String chinese = "屋顶上的瓦片从边缘一直铺到屋脊并且用钉子固定在木板上面以防大风吹走";
        NearDuplicates near = new NearDuplicates();
        assertThat(near.add(chinese)).isFalse();
        assertThat(near.add(chinese + "了")).isTrue();
        assertThat(near.contains("船在宽阔的海面上航行到遥远的陆地去寻找新的家园和朋友")).isFalse();
    }

    @Test
    void case_and_white_space_are_told_apart_from_identical_since_they_matter_in_code() {
        pair("a", "if x:\n    y()", "if x:\ny()");
        Map<Check, Finding> found = audit();
        assertThat(one(found, Check.SAME_WORDS).examples()).containsExactly("f.jsonl:1");
        assertThat(one(found, Check.IDENTICAL).count()).isZero();
        assertThat(one(found, Check.CONTRADICTION).count()).isZero();
    }

    @Test
    void copies_with_small_edits_are_near_duplicates_and_other_texts_are_not() {
        pair("how is it done", LONG, "No.");
        pair("how is it done", LONG + "so it holds", "No.");
        pair("how is it done", "a quite different text about boats that sail over the wide sea to far lands", "No.");
        assertThat(one(audit(), Check.NEAR_DUPLICATE).examples()).containsExactly("f.jsonl:2");
    }

    @Test
    void similarity_is_that_of_the_naive_twin() {
        String first = words(0, 60);
        String second = words(10, 60);
        Set<String> a = runs(first);
        Set<String> b = runs(second);
        long common = a.stream().filter(b::contains).count();
        double naive = (double) common / (a.size() + b.size() - common);
        assertThat(NearDuplicates.similarity(NearDuplicates.runs(first), NearDuplicates.runs(second)))
                .isCloseTo(naive, within(1e-12));
        assertThat(NearDuplicates.runs("too few words here")).isEmpty();
    }

    private static String words(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    }

    private static Set<String> runs(String text) {
        List<String> words = List.of(text.split(" "));
        return IntStream.rangeClosed(0, words.size() - 5)
                .mapToObj(i -> String.join(" ", words.subList(i, i + 5)))
                .collect(Collectors.toSet());
    }

    /** The splits of these are by prompt, and no pair is empty or its own opposite. */
    @ParameterizedTest
    @ValueSource(strings = {"hh-helpful", "hh-harmless", "oasst", "webgpt", "ultrafeedback"})
    void real_sources_leak_no_prompt(String name) {
        Path folder = SharedAssets.require("data/preferences/" + name);
        PreferenceSource train = source(folder.resolve("train.jsonl.gz"));
        PreferenceSource test = source(folder.resolve("test.jsonl.gz"));
        Map<Check, Finding> found = byCheck(DataAudit.ofTest(test, RowFaults.NONE, TrainingRows.of(List.of(train))));
        assertThat(one(found, Check.SHARED_PROMPT).count()).isZero();
        assertThat(one(found, Check.IDENTICAL).count()).isZero();
        assertThat(one(found, Check.LENGTH).rows()).isPositive();
    }

    private static PreferenceSource source(Path file) {
        return new PreferenceSource("s", PreferenceReaders.pairs(file, "s", null));
    }
}
