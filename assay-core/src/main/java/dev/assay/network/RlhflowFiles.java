package dev.assay.network;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.Problems;
import dev.assay.checkpoint.SafetensorsFile;
import dev.assay.tensor.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Files that hold two tensors each, row by row.
 *
 * @param files mapped; whoever asks for their tensors closes them
 */
record RlhflowFiles(List<SafetensorsFile> files, String states, boolean mixed) {
    /**
     * Opens all files, or none.
     *
     * @param states name of the states
     * @param dimensions of the states
     * @param beside name of the other tensor, with as many rows
     * @throws AssayException of kind CHECKPOINT that names every file that does not fit
     */
    static RlhflowFiles open(List<Path> paths, String states, int dimensions, String beside) {
        List<SafetensorsFile> files = new ArrayList<>();
        try {
            paths.forEach(path -> files.add(SafetensorsFile.open(path)));
            Problems problems = new Problems(ErrorKind.CHECKPOINT, "files of states");
            files.forEach(file -> check(file, states, dimensions, beside, problems));
            problems.throwIfAny();
            files.forEach(file -> checkAlike(file, files.getFirst(), List.of(states, beside), problems));
            problems.throwIfAny();
            return new RlhflowFiles(files, states, isMixed(files, states) || isMixed(files, beside));
        } catch (AssayException e) {
            files.forEach(SafetensorsFile::close);
            throw e;
        }
    }

    private static boolean isMixed(List<SafetensorsFile> files, String name) {
        return files.stream().map(file -> file.precision(name)).distinct().count() > 1;
    }

    private static void check(SafetensorsFile file, String states, int dimensions, String beside, Problems problems) {
        if (!file.names().containsAll(List.of(states, beside)) || file.shape(states)[0] != file.shape(beside)[0]) {
            problems.add(file.path() + ": needs the tensors " + states + " and " + beside + " with as many rows, has "
                    + file.names());
        } else if (file.shape(states).length != dimensions) {
            problems.add(file.path() + ": " + states + " is " + Arrays.toString(file.shape(states)) + ", not of "
                    + dimensions + " dimensions");
        }
    }

    private static void checkAlike(SafetensorsFile file, SafetensorsFile first, List<String> names, Problems problems) {
        for (String name : names) {
            long[] shape = file.shape(name);
            long[] other = first.shape(name);
            if (!Arrays.equals(shape, 1, shape.length, other, 1, other.length)) {
                problems.add(file.path() + ": " + name + " is " + Arrays.toString(shape) + ", in " + first.path() + " "
                        + Arrays.toString(other) + "; only the number of rows may differ");
            }
        }
    }

    /** A tensor of a file: a view of the mapping where all files have one precision, else a copy in fp32. */
    Tensor tensor(int file, String name) {
        Tensor stored = files.get(file).tensor(name);
        return mixed ? stored.to(Precision.FLOAT32.type()) : stored;
    }

    /** {@code file:row} of all rows. */
    List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (SafetensorsFile file : files) {
            for (long row = 1; row <= file.shape(states)[0]; row++) {
                ids.add(file.path().getFileName() + ":" + row);
            }
        }
        return ids;
    }
}
