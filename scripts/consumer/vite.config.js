export default { build: { lib: { entry: "app.js", formats: ["es"], fileName: "app" } } };
