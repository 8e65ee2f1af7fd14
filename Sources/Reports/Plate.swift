// A figure in a report: drawn for wide and for narrow pages, with its caption and words for those who cannot see it.

extension Report {
    /// A picture with its caption.
    public struct Plate: Hashable, Sendable {
        /// The same picture another way, as over other axes.
        public struct View: Hashable, Sendable {
            /// What a switch between the views calls it: `log axes`.
            public var label: String
            /// For pages and papers.
            public var wide: Drawing
            /// For telephones and terminals.
            public var narrow: Drawing

            public init(_ label: String, wide: Drawing, narrow: Drawing) {
                (self.label, self.wide, self.narrow) = (label, wide, narrow)
            }
        }

        /// In the names of files and in addresses: `fit`.
        public var name: String
        /// What is shown, in a line; the picture itself has no title.
        public var title: String
        /// What the marks mean.
        public var caption: Words
        /// What is to be seen, in sentences: for readers who do not see it.
        public var description: String
        /// The first one is shown, and is the only one on paper.
        public var views: [View]

        public init(name: String, title: String, caption: Words, description: String, views: [View]) {
            precondition(!views.isEmpty, "a plate without a picture")
            (self.name, self.title, self.caption) = (name, title, caption)
            (self.description, self.views) = (description, views)
        }

        /// The plate of a figure.
        ///
        /// A figure over logarithmic axes has a second view over linear ones.
        public init(_ figure: Figure, name: String, caption: Words) {
            var bare = figure
            (bare.title, bare.subtitle) = ("", "")
            func view(_ label: String, _ figure: Figure) -> View {
                View(
                    label, wide: figure.drawing(width: 760, height: 420),
                    narrow: figure.drawing(width: 400, height: 340))
            }
            var views = [view("log axes", bare)]
            if bare.x.scale == .logarithmic || bare.y.scale == .logarithmic {
                (bare.x.scale, bare.y.scale) = (.linear, .linear)
                views.append(view("linear axes", bare))
            }
            self.init(
                name: name, title: figure.title, caption: caption, description: figure.description, views: views)
        }
    }
}
