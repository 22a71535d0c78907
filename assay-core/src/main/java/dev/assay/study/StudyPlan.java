package dev.assay.study;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.NearestName;
import dev.assay.evaluation.calibration.RecalibrationKind;
import dev.assay.recipe.DataSection;
import dev.assay.recipe.Recipe;
import dev.assay.recipe.RecipeData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a study trains: each model once with each seed. Studies with the same folder share their trainings.
 *
 * @param base the recipe all trainings have in common
 * @param folder the study's folder; run folders lie in its {@code runs/}
 * @param seeds seeds of the trainings and, for simulated data, of the worlds; at least one, all different
 * @param models the rows of the table, in order
 * @param baseline the name of the row that the others are compared with; empty: MultiTask where there is one
 */
public record StudyPlan(Recipe base, Path folder, List<Long> seeds, List<Model> models, Optional<String> baseline) {
    /** A study whose differences are from MultiTask. */
    public StudyPlan(Recipe base, Path folder, List<Long> seeds, List<Model> models) {
        this(base, folder, seeds, models, Optional.empty());
    }

    public StudyPlan {
        requireDistinct(seeds);
        seeds = List.copyOf(seeds);
        models = List.copyOf(new LinkedHashSet<>(models));
        if (seeds.isEmpty() || models.isEmpty()) {
            throw new IllegalArgumentException("a study needs a seed and a model");
        }
        if (base.data().simulated().isEmpty() && base.data().test().isEmpty()) {
            throw new AssayException(
                    ErrorKind.RECIPE,
                    "data.test: a study measures every model on the same pairs; name test sources in the recipe");
        }
        base.evaluation().recalibration().ifPresent(kind -> {
            throw new AssayException(
                    ErrorKind.RECIPE,
                    "evaluation.recalibration: a study measures rewards as they are; take it out, and have recalibrated rows"
                            + " beside the plain ones by assay study " + CrossSource.NAME + " --recalibrate "
                            + kind.name().toLowerCase(Locale.ROOT));
        });
    }

    private static void requireDistinct(List<Long> seeds) {
        for (Long seed : seeds) {
            if (Collections.frequency(seeds, seed) > 1) {
                throw new AssayException(
                        ErrorKind.INPUT,
                        "--seeds: " + seed + " is given " + Collections.frequency(seeds, seed)
                                + " times; the same seed is the same training, and no repetition: name each once");
            }
        }
    }

    /** Refuses a recipe of one source, for studies that tell sources apart. */
    static void requireSeveral(String study, List<String> sources) {
        if (sources.size() < 2) {
            throw new AssayException(
                    ErrorKind.RECIPE,
                    "data: study " + study + " needs at least 2 training sources, the recipe has " + sources.size()
                            + ": " + String.join(", ", sources));
        }
    }

    /**
     * The models of a cross-source study: one for each source where singles are asked for, and each mixed scheme. An
     * ensemble brings the singles it is made of.
     */
    public static StudyPlan crossSource(Recipe base, Path folder, List<Long> seeds, List<Scheme> schemes) {
        List<Model> models = new ArrayList<>();
        for (Scheme scheme : schemes) {
            if (scheme == Scheme.SINGLE || scheme == Scheme.ENSEMBLE) {
                sources(base).forEach(source -> models.add(Model.single(source)));
            }
            if (scheme != Scheme.SINGLE) {
                models.add(Model.mixed(scheme));
            }
        }
        return new StudyPlan(base, folder, seeds, models);
    }

    /** The same study with further rows; a name that is there already is an {@link AssayException}. */
    public StudyPlan with(List<Variant> variants) {
        List<Model> all = new ArrayList<>(models);
        for (Variant variant : variants) {
            if (all.stream().anyMatch(model -> model.name().equals(variant.name()))) {
                throw new AssayException(
                        ErrorKind.INPUT, "--variant " + variant.name() + ": the study has a row of that name already");
            }
            all.add(Model.variant(variant));
        }
        return new StudyPlan(base, folder, seeds, all, baseline);
    }

    /** The same study with differences from the row of that name. */
    public StudyPlan against(String name) {
        List<String> names = models.stream().map(Model::name).toList();
        if (!names.contains(name)) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    "--baseline " + name + " is no row of the study"
                            + NearestName.of(name, names)
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse(";")
                            + " Rows: " + String.join(", ", names));
        }
        return new StudyPlan(base, folder, seeds, models, Optional.of(name));
    }

    /**
     * The same study with each row a second time, its rewards read through a recalibration; trains nothing more.
     *
     * @throws AssayException where a row has the name that one of these would have
     */
    public StudyPlan recalibrated(RecalibrationKind kind) {
        List<Model> all = new ArrayList<>(models);
        for (Model model : models) {
            Model row = model.recalibrated(kind);
            if (models.stream().anyMatch(other -> other.name().equals(row.name()))) {
                throw new AssayException(
                        ErrorKind.INPUT,
                        "--variant " + row.name()
                                + ": so --recalibrate calls a row of its own; give the variant another name");
            }
            all.add(row);
        }
        return new StudyPlan(base, folder, seeds, all, baseline);
    }

    /** The row whose rewards a recalibrated row reads. */
    Model plain(Model recalibrated) {
        return models.stream()
                .filter(model -> model.isPlain() && model.id().equals(recalibrated.id()))
                .findFirst()
                .orElseThrow();
    }

    /** The recalibrated row of a model, where the study has one. */
    Optional<Model> recalibrated(Model plain) {
        return models.stream()
                .filter(model -> !model.isPlain() && model.id().equals(plain.id()))
                .findFirst();
    }

    /** What the mixed rows are compared with: the baseline that was named, MultiTask, or the first of them. */
    Optional<Model> comparedWith() {
        return baseline.flatMap(name -> models.stream()
                        .filter(model -> model.name().equals(name))
                        .findFirst())
                .or(() -> models.stream()
                        .filter(model -> model.scheme() == Scheme.MULTITASK)
                        .findFirst())
                .or(() -> mixed().stream().findFirst());
    }

    /** The same with a model of each source alone in any case, as a study of their agreement needs. */
    public static StudyPlan withJudges(Recipe base, Path folder, List<Long> seeds, List<Scheme> schemes) {
        List<Scheme> all = new ArrayList<>(List.of(Scheme.SINGLE));
        all.addAll(schemes);
        StudyPlan plan = crossSource(base, folder, seeds, all);
        requireSeveral(
                AgreementStudy.NAME,
                plan.singles().stream()
                        .flatMap(single -> single.sources().stream())
                        .toList());
        return plan;
    }

    /** Names of all training sources of a recipe; those of a simulated world need no file. */
    public static List<String> sources(Recipe base) {
        return base.data().simulated().isPresent()
                ? RecipeData.read(base).trainingSources()
                : base.data().train().stream()
                        .map(DataSection.Source::name)
                        .filter(name -> base.data().only().isEmpty()
                                || base.data().only().contains(name))
                        .toList();
    }

    /** Where the run folders lie. */
    public Path runs() {
        return folder.resolve("runs");
    }

    /** All trainings, seed by seed, so that the first seeds are complete first. */
    public List<Member> members() {
        return seeds.stream()
                .flatMap(seed -> models.stream()
                        .filter(model -> model.isPlain() && model.scheme() != Scheme.ENSEMBLE)
                        .map(model -> Member.of(base, runs(), model, seed)))
                .toList();
    }

    /** One training of each seed: the test pairs of a seed are those of all its trainings. */
    List<Member> firstOfEachSeed() {
        Model first = models.stream()
                .filter(model -> model.isPlain() && model.scheme() != Scheme.ENSEMBLE)
                .findFirst()
                .orElseThrow();
        return seeds.stream().map(seed -> Member.of(base, runs(), first, seed)).toList();
    }

    /** Models that learnt from several sources. */
    List<Model> mixed() {
        return models.stream()
                .filter(Model::isPlain)
                .filter(model -> model.scheme() != Scheme.SINGLE && model.scheme() != Scheme.RAW)
                .toList();
    }

    /** All models as they are but those of one source alone: the mixed ones, and the untrained one. */
    List<Model> notSingles() {
        return models.stream()
                .filter(model -> model.isPlain() && model.scheme() != Scheme.SINGLE)
                .toList();
    }

    /** {@link #notSingles} as a picture's title calls them. */
    String notSinglesWords() {
        if (mixed().isEmpty()) {
            return "the untrained model";
        }
        return notSingles().size() == mixed().size() ? "the mixed models" : "the mixed models and the untrained one";
    }

    /** Models of one source alone. */
    List<Model> singles() {
        return models.stream()
                .filter(model -> model.isPlain() && model.scheme() == Scheme.SINGLE)
                .toList();
    }
}
