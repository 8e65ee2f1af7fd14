// A picture in a report: drawn for wide and for narrow pages, with its caption and words for those who cannot see it.

extension Report {
    /// A picture with its caption.
    public struct Plate: Hashable, Sendable {
        /// The same picture another way, as over other axes.
        struct View: Hashable, Sendable {
            /// What a switch between the views calls it: `log axes`.
            var label: String
            /// For pages and papers.
            var wide: Drawing
            /// For telephones.
            var narrow: Drawing
        }

        /// In the names of files and in addresses: `fit`.
        public let name: String
        /// What is shown, in a line.
        public let title: String
        /// What the marks mean.
        public let caption: Words
        /// The picture without a title: the words around it are that.
        public let picture: Picture
        /// The first one is shown, and is the only one on paper.
        let views: [View]

        /// What is to be seen, in sentences: for readers who do not see it.
        public var description: String { picture.description }

        /// - Parameters:
        ///   - title: that of the picture unless given.
        ///   - isSwitchable: whether logarithmic axes make sense as linear ones, too.
        public init(
            _ picture: Picture, name: String, title: String? = nil, caption: Words, isSwitchable: Bool = false
        ) {
            (self.name, self.title, self.caption) = (name, title ?? picture.title, caption)
            var bare = picture
            (bare.title, bare.subtitle) = ("", "")
            if bare.panels.count == 1 { bare.panels[0].title = "" }
            self.picture = bare
            var linear = bare
            for panel in linear.panels.indices {
                if linear.panels[panel].x.scale == .logarithmic { linear.panels[panel].x.scale = .linear }
                if linear.panels[panel].y.scale == .logarithmic { linear.panels[panel].y.scale = .linear }
            }
            let named = self.title
            views = (isSwitchable && linear != bare ? [bare, linear] : [bare]).enumerated().map { place, picture in
                var view = picture.view(place == 0 ? "log axes" : "linear axes")
                // A file of its own has a name.
                (view.wide.title, view.narrow.title) = (named, named)
                return view
            }
        }
    }
}

extension Picture {
    fileprivate func view(_ label: String) -> Report.Plate.View {
        // The room of a title goes to the panels.
        let size = usualSize
        return .init(
            label: label, wide: drawing(width: size.width, height: max(300, size.height - 40)), narrow: narrow)
    }

    // Panels below each other; of panels that share the names beside them the first one alone.
    private var narrow: Drawing {
        var picture = self
        if panels.contains(where: { if case .names = $0.y.scale { true } else { false } }) {
            picture.panels = Array(panels.prefix(1))
            return picture.drawing(width: 400, height: max(300, usualSize.height))
        }
        (picture.columns, picture.heights) = (1, [])
        return picture.drawing(width: 400, height: 60 + 270 * Double(panels.count))
    }
}
