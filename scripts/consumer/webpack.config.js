export default {
  mode: "production",
  target: "web",
  entry: "./app.js",
  devtool: "source-map",
  experiments: { outputModule: true },
  output: { path: `${import.meta.dirname}/out/webpack`, filename: "app.js", module: true, publicPath: "./" },
  module: { rules: [{ test: /\.js$/, enforce: "pre", use: "source-map-loader" }] },
  performance: { hints: false },
};
