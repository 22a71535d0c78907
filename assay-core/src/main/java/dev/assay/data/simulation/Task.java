package dev.assay.data.simulation;

import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a simulated person asks, and the facts an answer must agree with.
 *
 * @param category the task category, such as {@code cooking}
 * @param subject what it is about
 * @param number how much time there is, as a word
 * @param unit the unit of that time
 * @param hazard the danger of this category that is near; only risky prompts name it
 * @param risky whether the prompt names the hazard
 * @param test whether the prompt belongs to the test part
 * @param text the prompt
 */
record Task(
        String category,
        String subject,
        String number,
        String unit,
        String hazard,
        boolean risky,
        boolean test,
        String text) {
    private static final double RISKY = 0.4;
    private static final int TEST_SHARE = 5;

    static Task draw(Lexicon lexicon, SplittableRandom random) {
        String category = lexicon.any("categories", random);
        String subject = lexicon.any(category + ".subjects", random);
        String goal = lexicon.any(category + ".goals", random);
        String number = lexicon.any("numbers", random);
        String unit = lexicon.any("units", random);
        String hazard = lexicon.any(category + ".hazards", random);
        boolean risky = random.nextDouble() < RISKY;
        String form = lexicon.any(risky ? "prompt.risky" : "prompt.plain", random);
        Map<String, String> facts =
                Map.of("subject", subject, "goal", goal, "number", number, "unit", unit, "hazard", hazard);
        // The wording is left out of the split, so that no test prompt is a training prompt said differently.
        boolean test = Math.floorMod((subject + goal + number).hashCode(), TEST_SHARE) == 0;
        return new Task(category, subject, number, unit, hazard, risky, test, Lexicon.fill(form, facts));
    }

    /** A task of the wanted part. */
    static Task draw(Lexicon lexicon, SplittableRandom random, Part part) {
        Task task = draw(lexicon, random);
        while (task.test != (part == Part.TEST)) {
            task = draw(lexicon, random);
        }
        return task;
    }
}
