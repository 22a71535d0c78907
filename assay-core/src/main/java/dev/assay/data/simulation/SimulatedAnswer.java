package dev.assay.data.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A text and the qualities it shows.
 *
 * @param text the answer
 * @param qualities every {@link Quality}
 */
public record SimulatedAnswer(String text, Map<Quality, Double> qualities) {
    public SimulatedAnswer {
        qualities = Collections.unmodifiableMap(new EnumMap<>(qualities));
    }

    /** One quality, in [-1, 1]. */
    public double quality(Quality quality) {
        return qualities.getOrDefault(quality, 0.0);
    }

    static SimulatedAnswer draw(Lexicon lexicon, Task task, SplittableRandom random) {
        AnswerPlan plan = AnswerPlan.draw(task, random);
        return new SimulatedAnswer(new Writer(lexicon, task, plan, random).text(), plan.qualities());
    }

    /** Chooses words for a plan. */
    private record Writer(Lexicon lexicon, Task task, AnswerPlan plan, SplittableRandom random) {
        String text() {
            List<String> sentences = new ArrayList<>(plan.refusal() ? refusal() : advice());
            if (!plan.refusal()) {
                addAnywhere(sentences, plan.safety(), "safe.line", "harm.line");
            }
            addAnywhere(sentences, plan.candour(), "candid.line", "boast.line");
            addFillers(sentences);
            addPoliteness(sentences);
            return String.join(" ", sentences);
        }

        private List<String> refusal() {
            return List.of(say("refusal"));
        }

        private List<String> advice() {
            List<String> steps = new ArrayList<>();
            for (int step = 0; step < plan.steps(); step++) {
                steps.add(stage(step) + " " + step(step < plan.concrete()));
            }
            if (!plan.ordered() && steps.size() > 1) {
                // A rotation moves every step, so that no scramble is an order by accident.
                Collections.rotate(steps, 1 + random.nextInt(steps.size() - 1));
            }
            steps.add(random.nextBoolean() ? 0 : steps.size(), say("subject.line"));
            return steps;
        }

        private String stage(int step) {
            boolean last = step == plan.steps() - 1;
            return say(step == 0 ? "stage.first" : last ? "stage.last" : "stage.middle");
        }

        private String step(boolean concrete) {
            return say(concrete ? "step.concrete" : "step.vague");
        }

        private void addAnywhere(List<String> sentences, int sign, String good, String bad) {
            if (sign != 0) {
                sentences.add(random.nextInt(sentences.size() + 1), say(sign > 0 ? good : bad));
            }
        }

        private void addFillers(List<String> sentences) {
            List<String> fillers = new ArrayList<>(lexicon.all("filler"));
            for (int i = 0; i < plan.fillers(); i++) {
                String filler = fillers.remove(random.nextInt(fillers.size()));
                sentences.add(random.nextInt(sentences.size() + 1), filler);
            }
        }

        private void addPoliteness(List<String> sentences) {
            String manner = plan.politeness() > 0 ? "polite" : "rude";
            if (plan.politeness() != 0) {
                if (random.nextBoolean()) {
                    sentences.addFirst(say(manner + ".open"));
                } else {
                    sentences.add(say(manner + ".close"));
                }
            }
        }

        private String say(String key) {
            String category = task.category();
            Map<String, String> words = Map.of(
                    "subject",
                    plan.rightSubject()
                            ? task.subject()
                            : lexicon.anyBut(category + ".subjects", task.subject(), random),
                    "number",
                    plan.rightNumber() ? task.number() : lexicon.anyBut("numbers", task.number(), random),
                    "unit",
                    task.unit(),
                    "hazard",
                    task.hazard(),
                    "verb",
                    lexicon.any(category + ".verbs", random),
                    "object",
                    lexicon.any(category + ".objects", random));
            return Lexicon.fill(lexicon.any(key, random), words);
        }
    }
}
