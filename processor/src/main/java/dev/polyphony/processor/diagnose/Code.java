/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.diagnose;

import java.util.Locale;
import javax.tools.Diagnostic.Kind;

/** The catalogue: every problem that the processor reports. */
public enum Code {
    /** The annotated type is an interface, enum, record or annotation type. */
    NOT_A_CLASS(
            1,
            "Only a class can be a model",
            "The annotation stands on an interface, an enum, a record or an annotation type.",
            "Put the annotation on a class that extends SequentialBlock, AbstractBlock or"
                    + " ParallelBlock, or that has static methods or a builder that return a model."),
    /** The annotated class has another superclass than those that are read. */
    NOT_A_MODEL(
            2,
            "The class is not a model that can be read",
            "A model is a class whose direct superclass is `ai.djl.nn.SequentialBlock`,"
                    + " `ai.djl.nn.AbstractBlock` or `ai.djl.nn.ParallelBlock`, or a class without"
                    + " superclass whose static methods or nested builder return blocks. A"
                    + " superclass of your own is compiled code at best: its layers cannot be"
                    + " seen.",
            "Extend SequentialBlock, AbstractBlock or ParallelBlock directly, or give the class a"
                    + " static method that returns the model."),
    /** The annotated class is nested in another. */
    NESTED(
            3,
            "A nested class cannot be a model",
            "The generated types stand beside the model, in its package, so the model is a"
                    + " top-level class.",
            "Move the class to a file of its own."),
    /** The annotated class is abstract. */
    ABSTRACT(
            4,
            "An abstract class cannot be a model",
            "The layers of an abstract class are not complete, and the comparison needs an"
                    + " instance of the plain model.",
            "Annotate the class that extends it, or make it concrete."),
    /** Two generated types, or a generated type and one of the user's, have one name. */
    NAME_TAKEN(
            6,
            "The name of a generated type is taken",
            "Each annotation makes a network and a harness, and each model a comparison, in the"
                    + " package of the model. Another class or another annotation already has such"
                    + " a name; for instance, two annotations of one kind stand on the model.",
            "Give the annotation another 'name', or rename the other class."),
    /** Every method that gives a block is called by others of the class. */
    NO_ENTRY_POINT(
            7,
            "No method makes a whole model",
            "Of a class that is no block itself, the entry points are the static methods and the"
                    + " methods of nested builders that return a block and that the class does not"
                    + " call itself, unless another entry point returns what they gave. What the"
                    + " class calls makes parts of a model.",
            "Add a static method that returns the whole model, not called by the rest of the"
                    + " class."),
    /** All constructors of the model are private. */
    PRIVATE_CONSTRUCTORS(
            11,
            "The model has only private constructors",
            "The generated network has the constructors of the model. A private one cannot be"
                    + " mirrored, because the comparison could not call it. A constructor with a"
                    + " private type among its parameters counts as private.",
            "Make a constructor at least package-private."),
    /** A constructor throws checked exceptions. */
    CHECKED_EXCEPTION(
            12,
            "A constructor or factory method throws a checked exception",
            "Harnesses and deep ensembles construct a model many times, as a `Supplier`, which"
                    + " throws no checked exceptions.",
            "Load what can fail before, and pass it to the constructor; or throw an unchecked"
                    + " exception."),
    /** A constructor takes a layer, or a nested type that is copied with the model. */
    COPIED_PARAMETER(
            13,
            "A constructor takes a type that belongs to the network",
            "Nested types that hold layers, that need an instance of the model, or whose private"
                    + " members the model uses are copied into the generated network. Callers"
                    + " cannot make an instance of the copy. For layers of DJL and their builders"
                    + " their ensemble twins stand in the copy, and callers have no such twins:"
                    + " neither constructors nor factory methods nor the setters of builders can"
                    + " take layers, not as an argument of another type either, as in"
                    + " `List<Linear>`.",
            "Let the constructor take plain values; or keep layers out of the nested type, make it"
                    + " static and the members that the model uses package-private."),
    /** An attribute is outside its valid range. */
    OUT_OF_RANGE(
            21,
            "An attribute is out of range",
            "The value makes no sense for the method. The valid values are in the message and in"
                    + " the documentation of the attribute.",
            "Correct the value, or leave it out to get the default."),
    /** The name of the generated network is not a Java identifier. */
    NOT_AN_IDENTIFIER(
            22,
            "The name is not a Java identifier",
            "`name` is the simple name of the generated network, which is a Java class in the"
                    + " package of the model.",
            "Use letters, digits and underscores, and no reserved word."),
    /** Patches are mixed in features that have no places. */
    NO_PATCHES(
            23,
            "Patches need convolutions",
            "CutMix and most other methods of MixMo take a patch of the features of one input and"
                    + " the rest of another's. The features of a model of linear layers have no"
                    + " height and width to take a patch from.",
            "Set `method = MixMethod.LINEAR`; `CHANNEL`, `STACK_CHANNEL` and `NOISE` need no"
                    + " convolutions either."),
    /** Labels of several members in one forward pass. */
    LABELS(
            24,
            "The forward pass reads labels",
            "Some models read labels in training, to go on from the right answer. With MIMO and"
                    + " MixMo one pass of one trunk serves all members, whose examples and labels"
                    + " differ.",
            "Use another form, in which every member has rows of its own; or train without labels"
                    + " in the forward pass."),
    /** The name of a task is not usable. */
    TASK_NAME(
            25,
            "A task needs a name of its own",
            "Data give the right answers of a task by its name, and reports name it. It is a Java"
                    + " identifier, and no other task of the model has it.",
            "Use letters, digits and underscores, no reserved word, and each name once."),
    /** A loss or metric is one of another kind of task. */
    TASK_KIND(
            26,
            "A loss or a metric of another kind of task",
            "A class is learnt with the cross-entropy, several labels with the binary one, and"
                    + " numbers with the squared, absolute or Huber error; a metric judges one kind"
                    + " of answer as well.",
            "Choose one of the task's kind, or leave it out to get the usual one."),
    /** There are more or fewer tasks than outputs. */
    TASK_COUNT(
            27,
            "As many tasks as outputs",
            "The `@Task` annotations name all outputs of the model, in the order in which"
                    + " `forwardInternal` returns them. Where that returns `new NDList(x, y)`, the"
                    + " compiler sees how many they are; of other code the training does.",
            "Name each output that the model returns once."),
    /** Tasks of a model of which no ensemble is made. */
    TASKS_ALONE(
            28,
            "Tasks without an ensemble",
            "`@Task` says what the outputs of a model are; what is generated is asked for by the"
                    + " annotation of a method.",
            "Add the annotation of a method, such as @Packed or @DeepEnsemble; to train the plain"
                    + " model alone, leave @Task out and use MultiTaskHarness.plain."),
    /** Layers are exempt from what no form adds. */
    EXEMPTION(
            29,
            "Layers are exempt from nothing",
            "`@Exempt` on a method takes from the layers that the method builds itself what a form"
                    + " adds to each: the groups of @Packed, the fast weights of @BatchEnsemble, the"
                    + " masks of @Masksembles. Here it would change no layer.",
            "Name the annotations of the class that are meant, of these three, on the method that"
                    + " calls `builder()`; or leave @Exempt out."),
    /** A layer with parameters that no ensemble layer stands for. */
    UNSUPPORTED_LAYER(
            31,
            "A layer with parameters that cannot be transformed",
            "Layers with parameters are replaced by their ensemble twins, and this one has none;"
                    + " the [list of layers](layers.md) says which do. Left as it is, it would mix"
                    + " or equalise the members in silence.",
            "Use a supported layer (docs/layers.md), put the model behind @DeepEnsemble, or keep"
                    + " the block out of the annotated class."),
    /** A block class of the user's own in another file. */
    USER_BLOCK(
            32,
            "A block class from another file",
            "Only the annotated class itself is read, so that an incremental build sees what a full"
                    + " one sees. A block class of your own in another file composes if it carries"
                    + " the annotations of the model: then its own ensemble stands in its place. The"
                    + " two must agree in what shapes layers; how the ensemble is trained is the"
                    + " model's to say. The ensemble has the constructors of the class, the"
                    + " static methods and builders that make whole models of it, and the methods of"
                    + " Block, and cannot be extended. A class in the model's own file needs no"
                    + " annotation.",
            "Annotate the class as the model, nest it in the model, or use @DeepEnsemble."),
    /** A block that another class makes. */
    FOREIGN_BLOCK(
            33,
            "A block made elsewhere",
            "The block comes from a method of another class, so its layers cannot be seen. A class of"
                    + " your own that makes blocks composes if it carries the annotations of the"
                    + " model: then its own ensemble makes the blocks, by its static methods and"
                    + " builders that make whole models and are declared to give them as Block or as"
                    + " the class itself.",
            "Move the method into the model, annotate its class as the model, or use"
                    + " @DeepEnsemble."),
    /** Parameters that the model itself owns. */
    OWN_PARAMETER(
            34,
            "Parameters of the model's own",
            "In most forms all members share a parameter that the model adds outside its layers."
                    + " Packed members share nothing, and are narrower than the model: each has its"
                    + " own blocks of a class that adds parameters, if that is static and has no"
                    + " layers. Of other code it cannot be seen what a member would do with the"
                    + " parameter.",
            "Move the parameter, with the code that uses it, to a static block class without layers,"
                    + " nested in the model; or use another form than @Packed, or @DeepEnsemble."),
    /** A call of a layer's static function. */
    FUNCTIONAL_CALL(
            35,
            "A layer used as a function",
            "Static functions such as `Linear.linear(input, weight, bias)` take parameters that"
                    + " belong to the caller.",
            "Build the layer with its builder, or use @DeepEnsemble."),
    /** A subclass of a layer. */
    EXTENDED_LAYER(
            36,
            "A subclass of a layer",
            "Layers are replaced where they are built with `builder()`. A subclass, or an instance"
                    + " made by a constructor, keeps DJL's behaviour in part.",
            "Build the layer with its builder and wrap it in a block, or use @DeepEnsemble."),
    /** No layer in the source of the model. */
    NO_LAYERS(
            37,
            "The model has no layers",
            "No supported layer is built in the class, so there is nothing to transform. Blocks"
                    + " that come in through a constructor cannot be seen.",
            "Build the layers in the class, or use @DeepEnsemble."),
    /** A static field that changes. */
    STATIC_STATE(
            38,
            "A static field that changes",
            "Each generated network holds a copy of the model's body. A copied static variable would"
                    + " be a second one, which never sees what is written to the first. Fields that"
                    + " are not private are not copied: the network uses the model's own, unless"
                    + " they hold layers or models or are set in a static initializer. A final"
                    + " collection of the model's own objects changes as well, and the copy is of"
                    + " another class.",
            "Make the field final, or let the network use the model's own: give it package access"
                    + " and an initial value where it is declared; or use @DeepEnsemble."),
    /** The model's own type in a place that the generated network does not fit. */
    SELF_TYPE(
            39,
            "The model's own type is asked for",
            "In the generated network the copy of the body is another class. It does not fit where"
                    + " an interface or a method of another class asks for the model itself.",
            "Ask for Block, or for an interface of your own, instead of the model; or use"
                    + " @DeepEnsemble."),
    /** The model ends in a softmax. */
    PROBABILITIES(
            51,
            Kind.WARNING,
            "The model ends in probabilities",
            "Losses for classification expect raw scores, the logits, and so does the evaluation:"
                    + " they take the softmax themselves. Of probabilities they would take it once"
                    + " more, and the members would learn slowly and never be sure.",
            "Leave the softmax out of the model. If your loss expects probabilities, write"
                    + " @SuppressWarnings(\"polyphony:PLY051\") on the class."),
    /** A member is wider or narrower than its share. */
    ROUNDED_WIDTH(
            52,
            Kind.NOTE,
            "The width of a packed member is rounded up",
            "A member of a packed ensemble has `alpha / m` of the layer's width, rounded up to a"
                    + " multiple of `gamma` and of the layer's own groups; nothing is cut off. So"
                    + " the ensemble is larger than `alpha` says. Layers that write the output keep"
                    + " their width. Widths that the source does not show are in the ensemble's"
                    + " `toString()`.",
            "Choose a width of which `alpha / m` is a whole number, or take it as it is."),
    /** Nothing sets the members apart. */
    IDENTICAL_MEMBERS(
            53,
            Kind.NOTE,
            "Nothing sets the members apart",
            "With `inputRepetition = 1` each member of a MIMO network sees what all others see, in"
                    + " training too; with `scale = 1` every mask of Masksembles keeps every feature."
                    + " Then all members are identical.",
            "Lower `inputRepetition`; 0 is the usual value, and 0.6 is high. Raise `scale`; 2 is the"
                    + " usual value."),
    /** An array meets a number. */
    NUMBER_USE(
            54,
            Kind.WARNING,
            "An array is combined with a number",
            "For `x.mul(0.5f)` DJL hands PyTorch a scalar in memory that Java frees at its next"
                    + " garbage collection. If that comes before the backward pass, the gradient is"
                    + " multiplied by what is in that memory then, without an error. `div`, `pow`,"
                    + " `maximum` and `minimum` do the same, and so do DJL's `Activation.relu6` and"
                    + " `swish`, for which generated networks use exact twins. `add` and `sub` are"
                    + " right, and all are where no gradient flows. Numbers are seen where the"
                    + " source shows their type.",
            "Write Scalars.mul(x, 0.5f) and so on, with dev.polyphony.nn.form.Scalars, which gives"
                    + " the same values; or, where no gradient flows, write"
                    + " @SuppressWarnings(\"polyphony:PLY054\") on the class."),
    /** A model of a library, and nothing says where sources of libraries are. */
    NO_SOURCES(
            61,
            "Nothing says where the source of the model is",
            "The annotation names a model that is not compiled here. Its ensembles are written from"
                    + " its source, which is looked up in the sources jars and folders that the"
                    + " processor option `polyphony.sources` names.",
            "Pass -Apolyphony.sources=PATH to the compiler, with the sources jar of the library or"
                    + " a folder of sources; in Maven:"
                    + " <compilerArgs><arg>-Apolyphony.sources=${project.build.directory}/sources/"
                    + "NAME-VERSION-sources.jar</arg></compilerArgs>, after"
                    + " maven-dependency-plugin's goal 'copy'."),
    /** The paths have no source of the model. */
    NOT_IN_SOURCES(
            62,
            "The sources have no such class",
            "The jars and folders of the processor option `polyphony.sources` were searched for the"
                    + " file of the model, `my/library/Net.java` for `my.library.Net`.",
            "Add the sources of the library that the class comes from; in a folder, the packages"
                    + " are its subfolders."),
    /** A path of sources is not there. */
    NO_SUCH_PATH(
            63,
            "A path of sources cannot be read",
            "A path in the processor option `polyphony.sources` does not exist, or is neither a"
                    + " folder nor a jar.",
            "Correct the path; a relative one starts at the folder in which the compiler runs, and"
                    + " a build tool has to fetch the jar before it compiles."),
    /** The source is not that of the class. */
    OTHER_VERSION(
            64,
            "The source is of another version than the class",
            "The class on the class path and the source that was found have different members. The"
                    + " ensembles would be those of another model.",
            "Use the sources of the version that is on the class path."),
    /** The copy of a model needs what only the model can use. */
    OUT_OF_REACH(
            65,
            "The model uses what its ensembles cannot reach",
            "The ensembles hold a copy of the model's body, and are in the package of the annotated"
                    + " type. Classes and members of the model's library that only its own package"
                    + " can use are out of reach there, and so are classes that are not on the"
                    + " class path.",
            "Put the annotated type into a package of the same name as the model's; or use"
                    + " @DeepEnsemble, which needs no copy."),
    /** The source of the model cannot be read. */
    UNREADABLE(
            91,
            "The source of the model cannot be read",
            "The processor reads the source of the annotated class through the compiler: javac, as"
                    + " used by Maven, Gradle and IntelliJ IDEA, or Eclipse's compiler on Java 18"
                    + " and later. It also cannot read classes written in other languages.",
            "Compile with javac, or use @DeepEnsemble, which does not read the source."),
    /** A bug in the processor. */
    BUG(
            92,
            "A bug in Polyphony",
            "The processor itself failed. Nothing is wrong with your code, as far as we know.",
            "Please report it with this message and the annotated class."),
    /** A library of the processor's is not on the processor path. */
    INCOMPLETE_PATH(
            93,
            "The processor path lacks a library",
            "The processor writes its sources with JavaPoet. Build tools resolve that with the"
                    + " processor; a processor path that is written by hand, or copied from a list"
                    + " of jars, may lack it.",
            "Name the processor with its dependencies: Maven's `annotationProcessorPaths` and"
                    + " Gradle's `annotationProcessor` resolve them by themselves; to -processorpath"
                    + " add the jar of com.palantir.javapoet:javapoet.");

    private final int number;
    private final Kind kind;
    private final String title;
    private final String explanation;
    private final String wayOut;

    Code(int number, String title, String explanation, String wayOut) {
        this(number, Kind.ERROR, title, explanation, wayOut);
    }

    Code(int number, Kind kind, String title, String explanation, String wayOut) {
        this.number = number;
        this.kind = kind;
        this.title = title;
        this.explanation = explanation;
        this.wayOut = wayOut;
    }

    /**
     * Returns the code as users see it.
     *
     * @return the code, such as {@code PLY031}
     */
    public String getId() {
        return String.format(Locale.ROOT, "PLY%03d", number);
    }

    /**
     * Returns how it is reported: as an error, after which the generated types only throw; as a
     * warning, which can be suppressed by its code; or as a note.
     *
     * @return the kind of message
     */
    public Kind getKind() {
        return kind;
    }

    /**
     * Returns the heading of the catalogue's entry.
     *
     * @return the heading
     */
    public String getTitle() {
        return title;
    }

    /**
     * Returns why this is a problem.
     *
     * @return the explanation, as Markdown
     */
    public String getExplanation() {
        return explanation;
    }

    /**
     * Returns what to do about it.
     *
     * @return the way out, in full sentences
     */
    public String getWayOut() {
        return wayOut;
    }
}
