package dev.assay.data.audit;

import dev.assay.data.Conversation;
import dev.assay.data.Origin;
import dev.assay.data.PreferencePair;
import dev.assay.data.PreferenceSource;
import dev.assay.data.format.RowFaults;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Looks through preference data for what spoils a reward model, and says where it is. */
public final class DataAudit {
    private static final int EXAMPLES = 3;
    private static final EnumSet<Check> LEAKS = EnumSet.of(Check.SHARED_PROMPT, Check.NEAR_SHARED_PROMPT);

    private DataAudit() {}

    /**
     * What was found in a training source, each check once, those that found nothing included.
     *
     * @param source the pairs
     * @param faults what is wrong with rows of its file and no longer shows in the pairs
     * @param training all training sources, this one included
     */
    public static List<Finding> ofTraining(PreferenceSource source, RowFaults faults, TrainingRows training) {
        Tally tally = tally(source, faults);
        for (PreferencePair pair : source.pairs()) {
            tally.add(Check.CONFLICT, !hasSameWords(pair) && training.contradicts(pair, source.name()), pair);
        }
        return tally.findings(source, EnumSet.complementOf(LEAKS));
    }

    /** The same for a test source, and which of its prompts are in the training sources. */
    public static List<Finding> ofTest(PreferenceSource source, RowFaults faults, TrainingRows training) {
        Tally tally = tally(source, faults);
        for (PreferencePair pair : source.pairs()) {
            boolean shared = training.hasPrompt(pair);
            tally.add(Check.SHARED_PROMPT, shared, pair);
            tally.add(Check.NEAR_SHARED_PROMPT, !shared && training.hasNearlyPrompt(pair), pair);
        }
        return tally.findings(source, EnumSet.complementOf(EnumSet.of(Check.CONFLICT)));
    }

    private static boolean hasSameWords(PreferencePair pair) {
        return Texts.plain(pair.chosen()).equals(Texts.plain(pair.rejected()));
    }

    private static boolean isEither(PreferencePair pair, Predicate<Conversation> fault) {
        return fault.test(pair.chosen()) || fault.test(pair.rejected());
    }

    private static Tally tally(PreferenceSource source, RowFaults faults) {
        Tally tally = new Tally();
        faults.inverted().forEach(origin -> tally.add(Check.INVERTED, origin));
        faults.divided().forEach(origin -> tally.add(Check.DIVIDED, origin));
        faults.trees().orphans().forEach(origin -> tally.add(Check.ORPHAN, origin));
        faults.trees().rootless().forEach(origin -> tally.add(Check.ROOTLESS, origin));
        tally.answers = faults.trees().answers();
        Set<String> rows = new HashSet<>();
        NearDuplicates near = new NearDuplicates();
        for (PreferencePair pair : source.pairs()) {
            String row = Texts.row(pair);
            boolean again = !rows.add(row);
            boolean same = hasSameWords(pair);
            boolean identical = same && Texts.isIdentical(pair);
            boolean tie = pair.strength().isTie();
            tally.add(Check.DUPLICATE, again, pair);
            tally.add(Check.NEAR_DUPLICATE, !again && near.add(row), pair);
            tally.add(Check.IDENTICAL, identical, pair);
            tally.add(Check.SAME_WORDS, same && !identical, pair);
            tally.add(Check.CONTRADICTION, !tie && !same && rows.contains(Texts.swapped(pair)), pair);
            tally.add(Check.NO_PROMPT, pair.prompt().text().isBlank(), pair);
            tally.add(Check.LEADING_TURN, isEither(pair, Texts::beginsWithoutAnswer), pair);
            tally.add(Check.UNANSWERED, isEither(pair, Texts::endsWithoutAnswer), pair);
            tally.add(Check.EMPTY, isEither(pair, Texts::isEmpty), pair);
            tally.add(Check.CUT, isEither(pair, Texts::isCut), pair);
            tally.add(Check.TIE, tie, pair);
            int difference = Texts.length(pair.chosen()) - Texts.length(pair.rejected());
            if (!tie && difference != 0) {
                tally.add(Check.LENGTH, difference > 0, pair);
                tally.unequal++;
            }
        }
        return tally;
    }

    private static final class Tally {
        private final Map<Check, Long> counts = new EnumMap<>(Check.class);
        private final Map<Check, List<String>> examples = new EnumMap<>(Check.class);
        private long unequal;
        private long answers;

        void add(Check check, boolean found, PreferencePair pair) {
            if (found) {
                add(check, pair.origin());
            }
        }

        void add(Check check, Origin origin) {
            counts.merge(check, 1L, Long::sum);
            List<String> places = examples.computeIfAbsent(check, none -> new ArrayList<>());
            if (places.size() < EXAMPLES) {
                places.add(origin.place());
            }
        }

        List<Finding> findings(PreferenceSource source, Set<Check> checks) {
            List<Finding> findings = new ArrayList<>();
            for (Check check : checks) {
                long rows = switch (check) {
                    case LENGTH -> unequal;
                    case ORPHAN, ROOTLESS -> answers;
                    default -> source.pairs().size();
                };
                findings.add(new Finding(
                        check,
                        source.name(),
                        counts.getOrDefault(check, 0L),
                        rows,
                        examples.getOrDefault(check, List.of())));
            }
            return findings;
        }
    }
}
